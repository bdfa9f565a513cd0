"""Are the components of a made world parts that its own books sent to a target, marked before that?"""

import re
from datetime import date

import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from landwaiter.simulate.facts import countries
from landwaiter.simulate.found import MOST


def test_each_component_is_of_a_part_that_the_books_sent_to_a_target(dense):
    there = countries()
    targets = set(there.code[there.of_role("target")].tolist())
    sent = {}
    for row in pq.read_table(dense.paths["shipments"]).to_pylist():
        if row["destination_country"] in targets and row["part_number"]:
            sent.setdefault(row["part_number"], []).append(row["declared_on"])
    found = pacsv.read_csv(dense.paths["components"]).to_pylist()
    assert 0 < len(found) <= MOST
    for one in found:
        part, year, week = re.fullmatch(r"(\S+) (\d\d)(\d\d)", one["marking"]).groups()
        assert date.fromisocalendar(2000 + int(year), int(week), 1) < min(sent[part]) < one["found_on"]
    assert len({one["marking"].split()[0] for one in found}) == len(found)
