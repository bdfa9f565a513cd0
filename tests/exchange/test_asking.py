"""Does a private query find what both know, show nothing else, and stop at the budget?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.agencies import chance_of
from exchange.test_story import Installation
from landwaiter.errors import InputError, RefusedError
from landwaiter.exchange import asking, private, register
from landwaiter.exchange.asking import Asker, read_answer, send_answer, send_request, send_setup
from landwaiter.exchange.name_keys import key_of_identifier, keys_of_names

pytestmark = pytest.mark.skipif(private.psi is None, reason="the extra `private` is not installed")

KNOWN = ["Aurora Trading FZE", "Хвиля ТОВ", "Shenzhen Huaqiang Electronics Co Ltd", "North Star Shipping Ltd"]


def in_common(one, other):
    first, second = keys_of_names([one, other])
    return set(first) & set(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aurora Trading FZE", "TRADING, AURORA"), ("Aurora Trading FZE", "Aurora Trading LLC"),
        ("Aurora General Trading FZE", "Auror General Trading FZE"), ("North Star Shipping Ltd", "Northstar Shipping"),
        ("North Star Shipping Ltd", "North Star Shiping Ltd"), ("Aurora General Trading FZE", "Aurora Trading FZE"),
        ("SPL Investment Limited", "SPL Investment GmbH"), ("Husk Power Systems Ltd", "Husk Powersystems Ltd"),
        ("深圳华强电子有限公司", "Shenzhen Huaqiang Electronics"),
        ("Северная Звезда Логистик ООО", "Severnaya Zvezda Logistik"),
    ],
)  # fmt: skip
def test_two_writings_of_one_name_have_a_key_in_common(one, other):
    assert in_common(one, other)


WORDS = st.lists(st.sampled_from(["Gold", "&", "Silver", "S.à", "r.l.", "Investment", "Limited", "K", "P", "of", "1"]),
                 min_size=2, max_size=7)  # fmt: skip


@given(WORDS, st.randoms(use_true_random=False))
def test_whatever_the_order_of_the_words_one_key_is_in_common(words, chance):
    moved = words[:]
    chance.shuffle(moved)
    one, other = keys_of_names([" ".join(words), " ".join(moved)])
    assert set(one) & set(other) or not one or not other


def test_two_names_have_none():
    assert not in_common("Aurora Trading FZE", "Boreal Fishing GmbH")
    assert keys_of_names(["", "Aurora Trading FZE"])[0] == []
    assert key_of_identifier("marking", "xc7z020-1clg ") == key_of_identifier("marking", "XC7Z020 1CLG")


def asked(ours, theirs, seed=1):
    setup = private.setup(theirs, chance_of(seed))
    question = private.request(ours, chance_of(seed + 1))
    reply = private.answer(question.message, setup.secret, len(question.keys))
    return private.shared(setup.message, reply, question)


def test_the_answer_is_what_both_know():
    theirs = [[f"key {n}"] for n in range(300)]
    assert asked([f"key {n}" for n in range(290, 320)], theirs) == sorted(f"key {n}" for n in range(290, 300))
    assert asked(["nobody"], theirs) == []


def test_a_key_of_very_many_names_is_left_out():
    theirs = [["trading", f"key {n}"] for n in range(private.MOST_NAMES_OF_A_KEY + 1)]
    assert asked(["trading", "key 5"], theirs) == ["key 5"]


def test_sizes_show_only_a_power_of_two():
    sizes = [len(private.padded([str(n) for n in range(count)], chance_of(1))) for count in (1, 256, 257)]
    assert sizes == [256, 256, 512]


def test_questions_that_lie_are_refused():
    setup = private.setup([["a"]], chance_of(1))
    question = private.request(["a"], chance_of(2))
    with pytest.raises(RefusedError, match="asks for 256"):
        private.answer(question.message, setup.secret, 10)
    for bent in (b"\xff\xff", b""):
        with pytest.raises(RefusedError):
            private.answer(bent, setup.secret, 1024)
    with pytest.raises(RefusedError):
        private.shared(setup.message, b"\xff\xff", question)


@pytest.fixture
def pair(tmp_path):
    taiwan, ukraine = Installation(tmp_path, "TW-A"), Installation(tmp_path, "UA-B")
    taiwan.trust(ukraine)
    ukraine.trust(taiwan)
    yield taiwan, ukraine
    taiwan.store.close()
    ukraine.store.close()


def asker(installation, by="one"):
    return Asker(installation.sender(by), installation.keys)


def peer(installation, name):
    return register.peer_named(installation.store, name)


def question(taiwan, ukraine, number):
    """Ukraine's setup and Taiwan's request, as packages."""
    out = taiwan.out
    send_setup(asker(ukraine), peer(ukraine, "TW-A"), keys_of_names(KNOWN), out / f"setup{number}")
    ours = {name: keys_of_names([name])[0] for name in ("Trading Aurora", "Boreal Fishing")}
    send_request(asker(taiwan), peer(taiwan, "UA-B"), taiwan.look(f"setup{number}"), ours, out / f"request{number}")
    return out / f"answer{number}"


def test_a_query_in_three_files(pair):
    taiwan, ukraine = pair
    out = question(taiwan, ukraine, 1)
    assert send_answer(asker(ukraine), peer(ukraine, "TW-A"), ukraine.look("request1"), out) == ("done", 256, 0)
    found = read_answer(asker(taiwan), taiwan.look("setup1"), taiwan.look("answer1"))
    assert list(found) == ["Trading Aurora"]
    with pytest.raises(RefusedError, match="replayed"):
        send_answer(asker(ukraine), peer(ukraine, "TW-A"), ukraine.look("request1"), out.with_name("again"))
    with pytest.raises(InputError, match="not an ask setup"):
        read_answer(asker(taiwan), taiwan.look("answer1"), taiwan.look("answer1"))
    with pytest.raises(InputError, match="no query of this installation"):
        read_answer(asker(ukraine), taiwan.look("setup1"), taiwan.look("answer1"))


def test_beyond_the_budget_two_officers_must_agree(pair, monkeypatch):
    taiwan, ukraine = pair
    monkeypatch.setattr(asking, "BUDGET", 300)
    first = question(taiwan, ukraine, 1)
    assert send_answer(asker(ukraine), peer(ukraine, "TW-A"), ukraine.look("request1"), first)[0] == "done"
    second = question(taiwan, ukraine, 2)
    args = (peer(ukraine, "TW-A"), ukraine.look("request2"), second)
    assert send_answer(asker(ukraine, "one"), *args) == ("proposed", 256, 256)
    assert not second.exists()
    with pytest.raises(RefusedError, match="may not also"):
        send_answer(asker(ukraine, "one"), *args)
    assert send_answer(asker(ukraine, "two"), *args)[0] == "done"
    assert asking.asked_before(asker(ukraine), "TW-A", ukraine.sender().now) == 512
