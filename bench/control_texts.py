"""Makes the texts of control lists that come with the program, from the saved versions of the lists.

    python bench/control_texts.py [folder of the saved lists] [--write]

The saved forms are other people's parses of the official texts; each has defects that the readers here repair by rule:
letters of technical notes taken for paragraphs, labels left in the text, steps of the tree that are one too high.
Without --write it only counts what it reads.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from landwaiter.ref.legal import effect_of, tidy
from landwaiter.ref.paragraphs import TEXTS, Line, Paragraph, Version, as_paragraphs, write_text
from landwaiter.sources.controls.labels import Printed, settle, split_label
from landwaiter.sources.controls.markers import Marked, grow

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "control-lists"
US = "15 CFR 774 supp. 1"
EU = "Regulation (EU) 2021/821, Annex I"
# Entries that need no threshold rules are left to the user's own copy of the list.
SHIPPED_US = re.compile(r"^(?:3A|3B|4A|5A|5B)\d{3}$")
SHIPPED_EU = re.compile(r"^(?:2B|3A|3B|4A|5A|6A|6B)\d{3}$")

# Line ends that the saved parse of 2022 lost, as the same edition has them elsewhere; by path.
RESTORED_2022 = {
    "3A002.c.4.b.1": ("signals having a duration of", "signals having a duration of 15 μs or less; or"),
}


def records(path: Path) -> Iterator[dict]:
    """The objects of a compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def ccl_records(path: Path) -> dict[str, list[Line]]:
    """The list as parsed into items with labels; a whole label left in the text is taken out."""
    found = {}
    for entry in records(path):
        printed: list[Printed] = []
        for item in entry.get("items") or []:
            if re.match(r"(?:Category \d|Cryptography Note|Notes? (?:\d )?to Category)", item["text"]):
                break  # what follows is said of the category
            if item["text"].startswith("Related "):
                continue
            label = item["paragraph"] if item["kind"] == "item" else ""
            text = item["text"]
            if not label and item["kind"] == "text":
                label, text = split_label(text, entry["eccn"])
            printed.append(Printed(label, text))
        if _of_another(entry["eccn"], printed):
            printed = [Printed("", one.text) for one in printed]
        found[entry["eccn"]] = _entry(entry["eccn"], entry["heading"], _after_licences(printed))
    return found


def _of_another(entry: str, printed: list[Printed]) -> bool:
    """Whether the paragraphs are those of the next entry, whose heading the parse missed, or the heading is all."""
    texts = [tidy(one.text) for one in printed]
    if any(re.match(r"The list of items controlled is contained in the ECCN heading\.?$", text) for text in texts):
        return True
    named = [code for text in texts for code in re.findall(r"^For (?:the )?purposes of (\d[A-E]\d{3})", text)]
    return bool(named) and entry not in named


def _entry(entry: str, heading: str, printed: list[Printed]) -> list[Line]:
    """An entry; a note that the parse left in its heading is a note."""
    first, _, rest = tidy(heading).partition("License Requirements")
    notes = re.split(r"\s(?=Note(?: \d+)?:|N\.B\.)", rest.split("Items:")[-1])
    return settle(entry, first, [*(Printed("", note) for note in notes if note.strip()), *printed])


def _after_licences(printed: list[Printed]) -> list[Printed]:
    """What stands before the first paragraph and the note over it are licence exceptions, not items."""
    first = next((n for n, one in enumerate(printed) if one.label), len(printed))
    over = [one for one in printed[: max(first - 1, 0)] if effect_of(one.text) == "narrows"]
    return [
        *over,
        *(printed[max(first - 1, 0) :] if first < len(printed) else printed[first - 1 :] if not over else []),
    ]


def ccl_markdown(path: Path) -> dict[str, list[Line]]:
    """The list as Markdown: paragraphs plain, notes in italics."""
    found = {}
    for entry in records(path):
        if not re.fullmatch(r"\d[A-E]\d{3}", entry["eccn"]):
            continue  # a paragraph of an entry that stands there too, set apart by the saved parse
        listed = entry["details"].split("List of Items Controlled")[-1]
        items = re.split(r"\*Items:?\*:?", listed)[-1] if "Items:" in listed else listed
        blocks = [part for block in items.split("\n\n") for part in _markdown_lines(block)]
        printed = []
        for block in blocks:
            if re.match(r"\*?Related (?:Controls|Definitions)", block):
                continue
            in_note = bool(re.match(r"\s*(?:-\s*)?\*", block)) or block.lstrip().startswith("Note")
            label, text = split_label(block, entry["eccn"])
            printed.append(Printed(label, text, in_note))
        found[entry["eccn"]] = _entry(entry["eccn"], entry["heading"], printed)
    return found


def _markdown_lines(block: str) -> list[str]:
    lines = [line for line in block.strip().splitlines() if line.strip()]
    return [
        line
        for line in lines
        if not re.fullmatch(r"\*?(?:Technical )?Notes?(?: \d+)?:?\*?|\*?N\.B\.:?\*?", line.strip())
    ]


def eu_records(path: Path) -> dict[str, list[Line]]:
    """The list as Norway carried it: marker and depth of each row, notes by their heading."""
    rows: dict[str, list[Marked]] = {}
    for row in records(path):
        marked = rows.setdefault(row["entry"], [])
        if row["note_type"] == "base":
            text = row["text"]
            if (
                marked
                and re.search(r"[x×] 10\s*/", text)
                and (power := re.search(r"[;.]\s*(-\d{1,2})\s*$", marked[-1].text))
            ):
                # The power of ten of this row was printed higher, and so read into the row before.
                marked[-1] = replace(marked[-1], text=marked[-1].text[: power.start(1)])
                text = re.sub(r"([x×] 10)\s*/", rf"\g<1>{power[1]}/", text)
            marked += _with_children(row["depth"], row["marker"], text)
        else:
            heading = (
                "N.B. "
                if row["note_type"].startswith("N.B")
                else "Technical Notes: "
                if row["note_type"].startswith("Tech")
                else "Note: "
            )
            for text in re.split(r"(?<=\.)\s+(?=Note(?: \d)?: \d[A-E]\d{3})", row["text"]):
                marked.append(
                    Marked(
                        row["depth"],
                        "",
                        heading + re.sub(r"^\s*Notes?:|^\s*\d+:|<br>(?:&emsp;)?\s*\d\. Not used;?\s*$", "", text),
                    )
                )
    return {entry: grow(entry, marked) for entry, marked in rows.items()}


def _with_children(depth: int, marker: str, text: str) -> Iterator[Marked]:
    """A row and the rows below it that the parse left in its text, each after a line break and a marker."""
    first, *rest = re.split(r"<br>", re.sub(r"\b\d[A-E]\d{3}\.[a-z0-9.]*\s+continued", "", text))
    yield Marked(depth, marker, first)
    for piece in rest:
        found = re.match(r"\s*(?P<deeper>&emsp;)?\s*(?P<marker>[a-z0-9]{1,2})\.\s+(?P<text>.*)", piece, re.S)
        if found:
            yield Marked(depth + (2 if found["deeper"] else 1), found["marker"] + ".", found["text"])
        else:
            yield Marked(depth, "", "Technical Note: " + piece)


def make(lines: dict[str, list[Line]], *, control_list: str, since: date, until: date | None, locator: str) -> Version:
    """One version of a list from the lines of its entries."""
    found: list[Paragraph] = []
    for entry in lines:
        found += as_paragraphs(lines[entry], control_list=control_list, valid_from=since, locator=locator)
    return Version(control_list, since, until, found)


def all_versions(folder: Path) -> dict[str, Version]:
    """The saved versions, whole."""
    made = {
        "us_2025": make(
            ccl_markdown(folder / "ccl_cat345_2025.jsonl.gz"), control_list="us_ccl",
            since=date(2025, 7, 1), until=date(2025, 7, 31), locator=US,
        ),
        "us_2026": make(
            ccl_records(folder / "ccl_2026-07-23.jsonl.gz"), control_list="us_ccl",
            since=date(2026, 7, 23), until=None, locator=US,
        ),
        "eu_2022": make(
            eu_records(folder / "eu_annex_i_2022.jsonl.gz"), control_list="eu_annex_i",
            since=date(2022, 1, 1), until=date(2023, 1, 11), locator=EU,
        ),
    }  # fmt: skip
    made["eu_2022"] = _restored(made["eu_2022"])
    return made


def _restored(version: Version) -> Version:
    found = []
    for one in version.paragraphs:
        lost, whole = RESTORED_2022.get(one.path, ("", ""))
        text = one.text[: -len(lost)] + whole if lost and one.kind == "item" and one.text.endswith(lost) else one.text
        found.append(Paragraph(one.control_list, one.path, one.kind, text, one.valid_from, one.valid_to, one.locator))
    return Version(version.control_list, version.valid_from, version.valid_to, found)


def shipped(version: Version, entries: re.Pattern[str]) -> Version:
    """The entries that rules need, without the notes that only explain."""
    kept = [
        one for one in version.paragraphs
        if entries.match(one.entry) and (one.kind in ("heading", "item") or one.effect == "narrows")
    ]  # fmt: skip
    return Version(version.control_list, version.valid_from, version.valid_to, kept)


def main() -> None:
    """Count what is read, and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    made = all_versions(asked.folder)
    for name, version in made.items():
        print(f"{name}: {len(version.at)} paragraphs, {sum(map(len, version.notes.values()))} notes")
    if asked.write:
        us = "Text of the US Government, public domain; categories 3 to 5, products and test equipment."
        eu = "Text of the European Union, reuse allowed with attribution (Decision 2011/833/EU); categories 2 to 6."
        plans = (
            ("us_2025", SHIPPED_US, [us, "Seen in the middle of 2025."], f"{US}, eCFR 2025"),
            ("us_2026", SHIPPED_US, [us], f"{US}, eCFR 2026-07-23"),
            ("eu_2022", SHIPPED_EU, [eu, "As in force in 2022 and carried by Norway's list II; superscripts are lost."],
             f"{EU}, 2022"),
        )  # fmt: skip
        for name, entries, about, source in plans:
            version = shipped(made[name], entries)
            path = TEXTS / f"{version.control_list}_{version.valid_from}.csv"
            write_text(path, version, about=about, source=source)
            print(f"{path.name}: {len(version.paragraphs)} rows, {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
