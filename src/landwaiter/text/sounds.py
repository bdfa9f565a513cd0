"""Which words in Latin letters are the same word in two romanisations? Those with the same key.

The key is coarse on purpose: it proposes that two words are one, and the score still sees how they are written.
"""

import re

_RULES = tuple(
    (re.compile(pattern, re.MULTILINE), sign)
    for pattern, sign in (
        (r"shch|sch(?=[aeioumnlrtvw])|sz(?=[cz])", "S"),
        (r"tsch|tch|cz", "C"),
        (r"dzh|dj|dz", "J"),
        (r"sh", "S"),
        (r"zh", "Z"),
        (r"ch", "C"),
        (r"kh", "h"),
        (r"(?<=[aeiou])h$", ""),
        (r"gh|g", "h"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ck|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"tz|ts", "T"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"^[jy]e|^ie", "e"),
        (r"[yj]", "i"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"ue|oe(?=.)", "u"),
        (r"ae", "a"),
        (r"(?<=[oe])ff?$", "v"),
        (r"(?<=[bdfkptv])er$", "r"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[bdfhklmnprstvzCSZT])i[eo](?=[bdfhklmnprstvzCSZT]|$)", "e"),
        (r"(?<=[CSZ])o(?=v$)", "e"),
        (r"^euro", "evro"),
        (r"^auto", "avto"),
        (r"(?<=[sT]k)(?:i+|ie|oe|oi|oho|om)$", ""),
        (r"(?<=[a-zCSZT]{7})ia$", "i"),
    )
)


def sounds_of(words: list[str]) -> list[str]:
    """The key of each word in plain Latin letters; the word itself where nothing changes. A whole column at a time."""
    text = "\n".join(words)
    for pattern, sign in _RULES:
        text = pattern.sub(sign, text)
    return text.split("\n") if words else []


def sound_of(word: str) -> str:
    """The key of one word."""
    return sounds_of([word])[0]
