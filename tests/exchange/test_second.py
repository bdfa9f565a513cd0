"""Do two implementations of SD-JWT, ours and @sd-jwt/core of npm, agree on what is signed, withheld and bent?"""

import pytest

from exchange.second import agreement, missing, named_folder

REASON = missing(named_folder())
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON)


def test_they_agree_on_every_published_case_on_our_packages_and_on_what_is_bent():
    found = agreement(named_folder())
    assert {name: tally.wrong for name, tally in found.items()} == {name: [] for name in found}
    assert [tally.right for tally in found.values()] == [34, 17, 2, 3]
