"""How is an official file of a control list read? By the form in which its publisher writes it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from landwaiter.errors import ListError
from landwaiter.ref.paragraphs import Line, Paragraph, as_paragraphs
from landwaiter.sources.controls.ecfr import read_ccl, read_hts_supplements
from landwaiter.sources.controls.eurlex import read_annex_i, read_cn_tables
from landwaiter.sources.controls.sheets import read_code_sheet, read_item_matrix

FORMS = {
    "ecfr-774": "15 CFR 774 supp. 1 as XML of the eCFR, of any date",
    "ecfr-746": "the HTS supplements of 15 CFR 746 as XML of the eCFR",
    "eurlex-annex-i": "Annex I of Regulation (EU) 2021/821 as XHTML of EUR-Lex",
    "eurlex-cn": "the annexes of Regulation (EU) 833/2014 with CN codes as XHTML of EUR-Lex",
    "code-sheet": "a sheet with customs codes (Taiwan's lists): .ods, .xlsx or .csv",
    "item-matrix": "a sheet with item numbers and texts (Japan's matrix): .xlsx, .ods or .csv",
}
READERS: dict[str, Callable[[str, bytes], list[Line]]] = {
    "ecfr-774": read_ccl,
    "ecfr-746": read_hts_supplements,
    "eurlex-annex-i": read_annex_i,
    "eurlex-cn": read_cn_tables,
    "code-sheet": read_code_sheet,
    "item-matrix": read_item_matrix,
}
MOST_BYTES = 200_000_000


def read_controls(path: Path, *, form: str, control_list: str, valid_from: date) -> list[Paragraph]:
    """Dated paragraphs of an official file; a file in which nothing of the form is found is refused."""
    if form not in READERS:
        raise ListError(str(path), f"'{form}' is no form that we read", f"forms are {', '.join(FORMS)}")
    if path.stat().st_size > MOST_BYTES:
        raise ListError(str(path), f"is larger than {MOST_BYTES // 1_000_000} MB", "give the list alone")
    lines = READERS[form](path.name, path.read_bytes())
    found = list(as_paragraphs(lines, control_list=control_list, valid_from=valid_from, locator=path.name))
    if not any(one.kind in ("item", "code") for one in found):
        raise ListError(str(path), f"holds nothing in the form {form}: {FORMS[form]}", "check the file and --form")
    return found
