"""Makes src/landwaiter/text/mandarin_readings.txt, the most usual reading of each Chinese character, from pypinyin.

    python bench/derive_mandarin.py

pypinyin holds it for 42,000 characters beside the readings of 47,000 phrases, which single characters do not need and
which take longer to load than a name takes to be screened.
"""

from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

OUT = Path(__file__).parents[1] / "src" / "landwaiter" / "text" / "mandarin_readings.txt"
HEAD = """# The most usual Mandarin reading of each Chinese character, in Pinyin without tones; v is u with two dots.
# From Unihan and other dictionaries as collected by pypinyin {version} (MIT); made by bench/derive_mandarin.py.
"""


def main() -> None:
    """Write one line for each syllable: the syllable, a colon, and its characters by code point."""
    characters = defaultdict(list)
    for char in map(chr, sorted(pinyin_dict)):
        characters[lazy_pinyin(char)[0]].append(char)
    lines = [f"{syllable}: {''.join(chars)}\n" for syllable, chars in sorted(characters.items())]
    OUT.write_text(HEAD.format(version=version("pypinyin")) + "".join(lines), encoding="utf-8")
    print(f"{sum(map(len, characters.values())):,} characters, {len(lines)} syllables: {OUT.name}")


if __name__ == "__main__":
    main()
