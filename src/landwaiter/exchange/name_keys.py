"""By which keys do two agencies find the same party without telling each other their names? About ten for each name.

A private query knows only equal and unequal, so what may differ between two writings of one name has to be set aside
before: order, spaces, legal forms, spelling by sound, script, and one word. Numbers and markings have one exact key.
"""

from collections.abc import Sequence

from landwaiter.text.columns import View
from landwaiter.text.forms import Forms, shape_names
from landwaiter.text.legal_forms import legal_forms
from landwaiter.text.looks import looks_of

MOST_DROPPED = 6
_SHORTEST_SKELETON = 4
_SHORTEST_REST = 5


def keys_of_names(names: Sequence[str]) -> list[list[str]]:
    """The keys of each name, the most telling first; none for a name of which nothing is left."""
    forms = shape_names(names)
    looks = looks_of(forms.squashed)
    return [_keys_of(forms, place, looks[place]) for place in range(len(names))]


def key_of_identifier(kind: str, value: str) -> str:
    """The one key of a number, marking or part number: letters and digits alone, in capitals."""
    return f"{kind}:" + "".join(char for char in value.upper() if char.isalnum())


def _keys_of(forms: Forms, place: int, looks: str) -> list[str]:
    words = _words_of(forms.words, place)
    if not words:
        return []
    tokens = forms.tokens
    texts = sorted(tokens.texts[word] for word in words)
    sounds = sorted(tokens.sounds[word] for word in words)
    bones = "".join(sorted(tokens.bones[word] for word in words))
    written = _written(forms.folded[place])
    found = [f"words:{' '.join(texts)}", f"words:{' '.join(sorted(written))}", f"sounds:{' '.join(sounds)}"]
    found += [f"joined:{forms.squashed[place]}", f"joined:{''.join(written)}"]
    if len(bones) >= _SHORTEST_SKELETON:
        found.append(f"bones:{bones}")
    if looks:
        found.append(f"looks:{looks}")
    spoken = sorted(tokens.sounds[word] for word in _words_of(forms.syllables, place))
    if len(spoken) > 1:
        found.append(f"spoken:{' '.join(spoken)}")
    if len(sounds) > 1:
        rests = [" ".join(sounds[:one] + sounds[one + 1 :]) for one in range(min(len(sounds), MOST_DROPPED))]
        # The same kind of key as the whole: a name that lost a word is whole on one side and a rest on the other.
        found += [f"sounds:{rest}" for rest in rests if len(rest) >= _SHORTEST_REST]
    return list(dict.fromkeys(found))


def _written(folded: str) -> list[str]:
    """The words as written but legal forms of one word: which words make a phrase together hangs on order and space."""
    words = folded.split()
    return [word for word in words if word not in legal_forms()] or words


def _words_of(view: View, place: int) -> list[int]:
    start = int(view.starts[place])
    found: list[int] = view.words[start : start + int(view.lengths[place])].tolist()
    return found
