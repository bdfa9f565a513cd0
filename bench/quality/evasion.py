"""How is a name written by somebody who does not want to be found? Pairs by class, made from trainable records."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from learn_score import trainable_records

_LOOKS = str.maketrans("aceopxyAEOPCTHKMB", "асеорхуАЕОРСТНКМВ")
_OCR = (("o", "0"), ("O", "0"), ("l", "1"), ("I", "1"), ("rn", "m"), ("m", "rn"), ("RN", "M"), ("M", "RN"))
_FORMS = ("Limited Liability Company", "LLC", "Ltd.", "OOO", "GmbH")
CLASSES = ("homoglyph", "zero-width", "OCR", "truncation", "spacing", "legal form")


def made_pairs(each: int, seed: int) -> list[dict]:
    """Rows of the form of the labelled sets, all of label 1: `each` for each class."""
    chance = random.Random(seed)
    names = [names[0] for names in trainable_records() if names[0].isascii() and len(names[0]) >= 12]
    rows = []
    for kind in CLASSES:
        chance.shuffle(names)
        made = ((name, changed(name, kind, chance)) for name in names)
        told = [(name, other) for name, other in made if other != name][:each]
        rows += [
            {"left": {"name": [other]}, "right": {"name": [name]}, "schema": "LegalEntity", "label": 1,
             "category": kind} for name, other in told
        ]  # fmt: skip
    return rows


def changed(name: str, kind: str, chance: random.Random) -> str:
    """The name in the disguise of one class; itself where the class does not apply."""
    place = chance.randrange(3, len(name) - 3)
    if kind == "homoglyph":
        return name[:place] + name[place : place + 3].translate(_LOOKS) + name[place + 3 :]
    if kind == "zero-width":
        return name[:place] + chance.choice("\u200b\u200c\u200d\ufeff\u00ad") + name[place:]
    if kind == "OCR":
        old, new = chance.choice([pair for pair in _OCR if pair[0] in name] or [("", "")])
        return name.replace(old, new, 1) if old else name
    if kind == "truncation":
        return name[: -chance.randint(1, 3)]
    if kind == "spacing":
        return (
            name.replace(" ", chance.choice(("", "  ")), 1)
            if chance.random() < 0.5
            else f"{name[:place]} {name[place:]}"
        )
    return f"{name} {chance.choice(_FORMS)}"
