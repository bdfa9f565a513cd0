"""Can any text at all become markup, hide itself, or turn the line it stands in?"""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.report.markup import cut, foreign, join, language, tag, visible


class _Elements(HTMLParser):
    """Every element that a parser sees, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(f"{name} {sorted(key for key, _ in attrs)}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@given(st.text(max_size=300))
def test_no_text_becomes_an_element_or_an_attribute(text: str) -> None:
    seen = _Elements(tag("p", text, tag("b", text), title=text))
    assert seen.elements == ["p ['title']", "b []"]
    assert "".join(seen.words) == visible(text) * 2


@given(st.text(max_size=300))
def test_nothing_invisible_is_left(text: str) -> None:
    shown = visible(text)
    assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 or ord(c) < 32 for c in shown)


def test_hostile_names() -> None:
    assert foreign("<script>alert(1)</script>") == "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"
    assert foreign("Acme\u202edtl.exe") == "<bdi>Acme[U+202E]dtl.exe</bdi>"
    assert foreign("a\x00b\u200bc") == "<bdi>a[U+0000]b[U+200B]c</bdi>"
    assert tag("td", "x", title='"><img src=x>') == '<td title="&quot;&gt;&lt;img src=x&gt;">x'


def test_a_name_of_ten_thousand_letters_is_cut_and_its_length_said() -> None:
    assert cut("鴻" * 10_000).endswith("… (10,000 characters)")
    assert len(cut("x" * 10_000)) < 200


def test_a_tower_of_accents_is_three_high() -> None:
    assert cut("Z" + "\u0335" * 100 + "a") == "Z" + "\u0335" * 3 + "a"


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Bosfor Dış", "TR", None),
        ("鴻運電子", "HK", "zh-Hant"),
        ("鸿运电子", "CN", "zh-Hans"),
        ("鴻運電子", None, "zh"),
        ("東京エレクトロン", "TW", "ja"),
        ("Технокомплект", "RU", "ru"),
        ("Завод", "UA", "uk"),
        ("شرکت", "IR", "fa"),
        ("삼성", None, "ko"),
    ],
)
def test_language(text: str, country: str | None, expected: str | None) -> None:
    assert language(text, country) == expected


def test_what_is_missing_is_said() -> None:
    assert foreign(None) == '<span class="none">not stated</span>'
    assert join(["a", None, "b"], " · ") == "a · b"
    assert tag("p", None, hidden=False, open=True, id=None) == "<p open></p>"
