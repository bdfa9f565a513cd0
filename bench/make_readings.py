"""Write the tables of readings of Chinese characters from Unicode's Unihan_Readings.txt.

    python bench/make_readings.py Unihan_Readings.txt

Characters of the first level of Big5, which are those in common use and in names, in Simplified writing. Tones are left
out. `readings_mandarin.txt` has only what the most usual reading, that of pypinyin, does not say.
"""

import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from opencc import OpenCC

from landwaiter.text.han import reading_of
from landwaiter.text.syllables import coarse_of_pinyin

TEXT = Path(__file__).parents[1] / "src" / "landwaiter" / "text"
SAID = "# {what}: each with the characters in common use that have it, in Simplified writing.\n" \
       "# From {field} of Unihan {version} (Unicode License V3) by bench/make_readings.py.\n"  # fmt: skip
# Rare or obsolete in names, and readings that Unihan gives beside the one in use.
MOST_READINGS = 3


def main() -> None:
    """Write one table for each language."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    version = next(line.split()[-1] for line in lines if line.startswith("# Unicode version"))
    fields = defaultdict(dict)
    for line in lines:
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            fields[field][chr(int(code[2:], 16))] = value
    common = [char for char in fields["kMandarin"] if _is_common(char)]
    _write(
        "cantonese",
        "Cantonese readings (Jyutping)",
        "kCantonese",
        version,
        {char: [re.sub(r"\d", "", one) for one in fields["kCantonese"].get(char, "").split()] for char in common},
    )
    _write(
        "korean",
        "Korean readings (Hangul)",
        "kHangul",
        version,
        {char: [one.split(":")[0] for one in fields["kHangul"].get(char, "").split()] for char in common},
    )
    _write(
        "mandarin",
        "Other Mandarin readings (Pinyin)",
        "kXHC1983",
        version,
        {char: [_plain(one.split(":")[1]) for one in fields["kXHC1983"].get(char, "").split()] for char in common},
    )


def _is_common(char: str) -> bool:
    try:
        return 0xA440 <= int.from_bytes(char.encode("cp950"), "big") <= 0xC67E
    except UnicodeEncodeError:
        return False


def _plain(pinyin: str) -> str:
    pinyin = unicodedata.normalize("NFD", pinyin).replace("u\u0308", "v")
    return "".join(letter for letter in pinyin if letter.isascii() and letter.isalpha())


def _write(name: str, what: str, field: str, version: str, readings: dict[str, list[str]]) -> None:
    simplified = OpenCC("t2s")
    found: dict[str, set[str]] = defaultdict(set)
    for char, said in readings.items():
        plain = simplified.convert(char)
        for reading in list(dict.fromkeys(said))[:MOST_READINGS]:
            if len(plain) == 1 and not (name == "mandarin" and coarse_of_pinyin(reading) == reading_of(plain)):
                found[reading].add(plain)
    body = "".join(f"{reading} {''.join(sorted(chars))}\n" for reading, chars in sorted(found.items()))
    (TEXT / f"readings_{name}.txt").write_text(SAID.format(what=what, field=field, version=version) + body, "utf-8")
    print(name, len(found), sum(map(len, found.values())), len(body.encode()))


if __name__ == "__main__":
    main()
