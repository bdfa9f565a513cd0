"""`landwaiter compare`: scores pairs of names, with what agrees and what does not."""

import sys
from pathlib import Path

import pyarrow as pa

from landwaiter.cli.screen import check_ending, write_answers
from landwaiter.load.loading import read_rows
from landwaiter.screen.asking import asked_of_side
from landwaiter.screen.compare import compare as compare_records
from landwaiter.screen.compare import ofac_scores
from landwaiter.screen.index import records_of
from landwaiter.settings import read_settings
from landwaiter.text.evidence import COMPARED_THRESHOLD


def compare(*, pairs: Path, out: Path, threshold: float = COMPARED_THRESHOLD) -> int:
    """Score each pair of names of a file; the columns that came in, and score, match and reason, go out.

    The score is the same from either side, and under 1 where only names agree. Column ofac_score is, as nearly as we
    can tell, what the search of the US Treasury would give the pair, 0 to 1.

    Args:
        pairs: columns left, right, kind; optional, each with left_ or right_: country, birth, other_names, weak_names,
            identifiers.
        out: file for the answers, .parquet, .csv or .jsonl; one line for each pair.
        threshold: the least score of a match, 0 to 1; lower than that of screen, where a name meets a whole list.
    """
    check_ending(out)
    rows = read_rows(pairs)
    left, right = (records_of(asked_of_side(rows, side, str(pairs))) for side in ("left", "right"))
    compared = compare_records(left, right, threads=read_settings().threads)
    for name in {"score", "match", "reason", "ofac_score"} & set(rows.column_names):
        rows = rows.drop_columns([name])
    answers = {
        "score": pa.array(compared.scores),
        "match": pa.array(compared.scores >= threshold),
        "reason": pa.array(compared.reasons, pa.string()),
        "ofac_score": pa.array(ofac_scores(left, right)),
    }
    for name, column in answers.items():
        rows = rows.append_column(name, column)
    write_answers(rows, out)
    matched = int((compared.scores >= threshold).sum())
    sys.stdout.write(f"{pairs}: {rows.num_rows:,} pairs, {matched:,} match at {threshold:.2f}; {out}\n")
    return 0
