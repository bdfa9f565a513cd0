"""Does a number get the scheme by which other books know it?"""

import pytest

from landwaiter.sources.identifiers import identifier


@pytest.mark.parametrize(
    ("words", "value", "country", "said"),
    [
        ("Vessel Registration Identification", "IMO 9109550", None, "imo:9109550"),
        ("Vessel Registration Identification", "pending", None, "pending"),
        ("Passport", " 51 2345678 ", "RU", "passport:51 2345678"),
        ("Tax ID No.", "9706022877", "RU", "inn:9706022877"),
        ("Tax ID No.", "9706022877", "UA", "tax:9706022877"),
        ("Registration Number", "1227700146838", "RU", "ogrn:1227700146838"),
        ("Registration Number", "91310000607221234H", "CN", "uscc:91310000607221234H"),
        ("Registration Number", "417870-5", "TR", "reg:417870-5"),
        ("Unified Social Credit Code (USCC)", "91310000607221234H", None, "uscc:91310000607221234H"),
        ("Legal Entity Number", "253400WSS48YWMBUA688", None, "lei:253400WSS48YWMBUA688"),
        ("Government Gazette Number", "04937956", "RU", "okpo:04937956"),
        ("SWIFT/BIC", "CKLBCNBJ", None, "swift:CKLBCNBJ"),
        ("Digital Currency Address - XBT", "1Q9UAQ", None, "wallet:1Q9UAQ"),
        ("National ID No.", "6549531071", "IR", "national_id:6549531071"),
        ("C.U.R.P.", "AAAA660101HDFXXX01", "MX", "national_id:AAAA660101HDFXXX01"),
        ("D-U-N-S Number", "55-555-5555", None, "duns:55-555-5555"),
        ("Something else", "77", None, "77"),
        ("Passport", "", None, ""),
    ],
)
def test_identifier(words: str, value: str, country: str | None, said: str) -> None:
    assert identifier(words, value, country) == said
