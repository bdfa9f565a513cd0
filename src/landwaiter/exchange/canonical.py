"""How is JSON written so that two programs write the same bytes, and read so that no two programs differ on it?"""

import json

from landwaiter.errors import InputError

DEEPEST = 64


def canonical(value: object) -> bytes:
    """RFC 8785 for what we sign: texts, whole numbers, truth values, lists and objects; no fractions."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def read_json(data: bytes, where: str) -> object:
    """The value in UTF-8 JSON; InputError for keys given twice, half characters, NaN, or lists too deep."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_distinct, parse_constant=_no_constant)
        _check(value, 0)
    except RecursionError:
        raise InputError(where, "is JSON of too many levels") from None
    except ValueError as error:
        raise InputError(where, f"is not the JSON that it should be: {error}") from None
    return value


def _ordered(value: object) -> object:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_ordered(one) for one in value]
    assert value is None or isinstance(value, str | int), f"a {type(value).__name__} has no one way to be written"
    return value


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _check(value: object, depth: int) -> None:
    """Lists not too deep, and no half of a pair of code units, which other programs read otherwise."""
    if depth > DEEPEST:
        raise ValueError("too many levels")
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, dict):
        for key, one in value.items():
            key.encode("utf-8")
            _check(one, depth + 1)
    elif isinstance(value, list):
        for one in value:
            _check(one, depth + 1)
