"""Do destinations of concern and controlled origins carry their days, and can a user name others?"""

from datetime import date

import pytest

from landwaiter.errors import InputError
from landwaiter.ref.concern import origins, targets


def as_dict(table):
    return dict(zip(table["country"].to_pylist(), table["since"].to_pylist(), strict=True))


def test_our_own_tables():
    assert as_dict(targets())["RU"] == date(2022, 2, 24)
    assert as_dict(origins())["TW"] == date(2022, 4, 6)
    assert not set(as_dict(targets())) & set(as_dict(origins()))


def test_a_user_names_others():
    assert as_dict(targets(["RU", "xx:2023-01-01"])) == {"RU": date(2022, 2, 24), "XX": date(2023, 1, 1)}


@pytest.mark.parametrize("text", ["RUS", "R1", "XX", "RU:yesterday", ""])
def test_what_cannot_be_understood_is_refused(text):
    with pytest.raises(InputError, match="--targets"):
        targets([text])
