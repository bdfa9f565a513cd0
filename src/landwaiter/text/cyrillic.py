"""How does a word of Cyrillic letters read in Latin ones? One reading for Russian, Ukrainian and Belarusian alike.

The reading is not for people: it is what `sounds.py` folds to the same key as any usual romanisation of the word.
"""

_READING = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj",
    "џ": "dzh", "ѓ": "g", "ќ": "k", "ѕ": "dz", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u",
    "һ": "h", "җ": "j", "ҷ": "j", "ҳ": "h", "ӣ": "i", "ӯ": "u",
})  # fmt: skip


def read_cyrillic(word: str) -> str:
    """A folded word with each Cyrillic letter read in Latin letters, others kept."""
    return word.translate(_READING)
