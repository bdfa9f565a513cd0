import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.ref.identifiers import CHECKS, identity_keys, national_identifier, read_identifier

# Published numbers of well-known issuers and firms.
KNOWN = {
    "lei": ["5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55", "213800WAVVOPS85N2205"],
    "inn": ["7707083893", "7736050003", "1831083343", "500100732259"],
    "ogrn": ["1027700132195", "1027700070518", "304500116000157"],
    "ubn": ["04595257", "22099131", "04541302", "10458575"],
    "uscc": ["91440300708461136T", "914403001922038216"],
    "imo": ["9074729", "9187629", "9456783"],
    "edrpou": ["20077720", "14360570", "00032112"],
    "vkn": ["4540536920"],
    "swift": ["SABRRUMM", "DEUTDEFF500"],
}
DIGITS_ONLY = sorted(set(KNOWN) - {"lei", "uscc", "swift"})


@pytest.mark.parametrize(("scheme", "value"), [(scheme, value) for scheme in KNOWN for value in KNOWN[scheme]])
def test_published_numbers_are_valid(scheme, value):
    assert read_identifier(f"{scheme}:{value}").is_valid is True


@pytest.mark.parametrize("scheme", DIGITS_ONLY)
@given(st.data())
def test_one_digit_read_wrong_is_seen_in_most_places(scheme, data):
    value = data.draw(st.sampled_from(KNOWN[scheme]))
    wrong = [value[:-1] + digit for digit in "0123456789" if digit != value[-1]]
    seen = sum(not CHECKS[scheme](one) for one in wrong)
    # Taiwan's rule has two last digits for each number, and one more where the seventh is a 7.
    assert seen >= (6 if scheme == "ubn" else 9)


def test_every_scheme_is_checked_here():
    assert set(KNOWN) == set(CHECKS)


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("IMO:918-7629", "imo", "9187629"),
        ("IMO 9187629", "imo", "9187629"),
        ("ИНН: 7707 083 893", "inn", "7707083893"),
        ("BIC:sabrrummxxx", "swift", "sabrrumm"),
        ("passport:AB 123456", "passport", "ab123456"),
        ("15268", "", "15268"),
        ("1526", "", ""),
        ("inn:0000000000", "inn", ""),
        ("kpp:770701001", "kpp", ""),
        ("N/A", "", ""),
        (":", "", ""),
        ("", "", ""),
    ],
)
def test_writing_is_set_aside(text, scheme, value):
    assert read_identifier(text)[:2] == (scheme, value)


@given(st.text(max_size=40))
def test_any_text_is_answered(text):
    read = read_identifier(text)
    assert read.value == read.value.casefold()
    assert all(isinstance(check(text), bool) for check in CHECKS.values())


def test_a_number_without_a_rule_is_neither_right_nor_wrong():
    assert read_identifier("passport:AB123456").is_valid is None
    assert read_identifier("inn:7707083894").is_valid is False


def agree(left, right):
    return bool(set(identity_keys(left)) & set(identity_keys(right)))


@pytest.mark.parametrize(
    ("left", "right", "do_agree"),
    [
        ("inn:7707083893", "inn:7707-083-893", True),
        ("inn:7707083893", "7707083893", True),
        ("tax:7707083893", "inn:7707083893", True),
        ("inn:7707083893", "vkn:7707083893", False),
        ("lei:5493001KJTIIGC8Y1R12", "5493001kjtiigc8y1r12", True),
        ("passport:AB123456", "AB 123456", True),
        ("inn:7707083893", "inn:7736050003", False),
        ("inn:0000000000", "inn:0000000000", False),
    ],
)
def test_two_numbers_agree_where_the_scheme_does_or_one_has_none(left, right, do_agree):
    assert agree(left, right) == agree(right, left) == do_agree


def test_a_customs_number_is_a_national_one_where_its_check_digit_says_so():
    assert national_identifier("TW:22099131") == "ubn:22099131"
    assert national_identifier("RU:7707083893") == "inn:7707083893"
    assert national_identifier("CN:914403001922038216") == "uscc:914403001922038216"
    assert national_identifier("AE:5493001KJTIIGC8Y1R12") == "lei:5493001KJTIIGC8Y1R12"
    assert [national_identifier(text) for text in ("TW:22099132", "DE:7707083893", "RU:", "22099131")] == [""] * 4


@pytest.mark.parametrize(("scheme", "value"), [(scheme, value) for scheme in KNOWN for value in KNOWN[scheme]])
def test_a_bare_number_may_be_any_whose_digits_it_passes(scheme, value):
    assert agree(f"{scheme}:{value}", value) == (scheme != "swift")
