"""Are the goods of a row on the Common High Priority List? By customs code, and where that says no, by the text."""

from datetime import date
from pathlib import Path

import pyarrow as pa

from landwaiter.classify.described import described_controls
from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.ref.facts import read_facts

HERE = Path(__file__).parent


def classify(corridor: Corridor, *, as_of: date) -> list[str]:
    """Put `controls`, and give what was left unread: every shipment with goods that were listed on `as_of`.

    List `chpl` holds those whose HS6 code, or its predecessor of HS 2017, was listed. List `chpl_text` holds those
    whose text surely says a listed code while none was declared: they are only possible, and the trace leaves them out.
    """
    codes = priority_codes(as_of)
    corridor.put("priority_codes", codes)
    corridor.run(read_step(HERE / "described_goods.sql"), {})
    described, notes = described_controls(corridor.get("described_goods"), codes)
    corridor.put("described_controls", described)
    corridor.run(read_step(HERE / "controls.sql"), {})
    corridor.drop("described_goods")
    corridor.drop("described_controls")
    return notes


def priority_codes(as_of: date) -> pa.Table:
    """HS6 codes that point at a listed one: hs6, entry, tier, answer (caught or possible), reason.

    A code of HS 2017 that holds more than the listed code answers possible, for the best tier among its successors.
    """
    codes: dict[str, dict[str, str]] = {}
    for fact in read_facts("chpl").to_pylist():
        if date.fromisoformat(fact["listed_by"]) > as_of:
            continue
        row = {"entry": fact["hs6"], "tier": fact["tier"]}
        since = f"on the list since {fact['listed_by']} or earlier, tier {fact['tier']}: {fact['label']}"
        codes[fact["hs6"]] = {"hs6": fact["hs6"], **row, "answer": "caught", "reason": f"HS {fact['hs6']} is {since}"}
        if fact["hs2017"]:
            reason = f"HS 2017 code {fact['hs2017']} held goods that are now {fact['hs6']}, {since}"
            codes.setdefault(fact["hs2017"], {"hs6": fact["hs2017"], **row, "answer": "possible", "reason": reason})
    columns = ["hs6", "entry", "tier", "answer", "reason"]
    return pa.Table.from_pylist(list(codes.values()), schema=pa.schema([(name, pa.string()) for name in columns]))
