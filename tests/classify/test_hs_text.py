"""Are goods read in four languages, is a code that cannot be said left unsaid, and do a user's own rows teach?"""

from datetime import date

import pytest

from landwaiter.classify.declared import against_code, declared_code, reason_of
from landwaiter.classify.hs_text import Candidate, Reading, shipped_reader
from landwaiter.classify.priority import priority_codes
from landwaiter.errors import InputError

PRIORITY = {row["hs6"] for row in priority_codes(date(2024, 6, 1)).to_pylist() if row["answer"] == "caught"}


@pytest.fixture(scope="module")
def reader():
    return shipped_reader()


# Spoken as in the trade; none of these is a row of the labelled sets.
SPOKEN = [
    ("32-bit microcontrollers for motor control", "854231"),
    ("DDR4 DRAM memory chips", "854232"),
    ("光收發器模組", "851762"),
    ("无线路由器", "851762"),
    ("Маршрутизатор беспроводной", "851762"),
    ("мікросхеми пам'яті динамічні", "854232"),
    ("танталовые конденсаторы 10 мкФ", "853221"),
    ("шарикоподшипники радиальные", "848210"),
    ("ball bearings", "848210"),
    ("FPGA XC7K325T-2FFG900C", "854231"),
    ("frozen shrimps and prawns", "030617"),
]


@pytest.mark.parametrize(("text", "hs6"), SPOKEN)
def test_goods_are_read(reader, text, hs6):
    reading = reader.read([text])[0]
    assert hs6 in [one.hs6 for one in reading.candidates[:3]]
    assert len(reading.candidates) == 5


def test_probabilities_fall_and_stay_between_0_and_1(reader):
    for reading in reader.read([text for text, _ in SPOKEN], most=20):
        chances = [one.probability for one in reading.candidates]
        assert chances == sorted(chances, reverse=True)
        assert 0 <= chances[-1] <= chances[0] <= 1


def test_the_words_that_speak_for_a_code_are_words_of_the_text(reader):
    first = reader.read(["tapered roller bearings"])[0].candidates[0]
    assert first.hs6 == "848220"
    assert "bear" in first.says


@pytest.mark.parametrize(("text", "why"), [("", "empty"), ("   ", "empty"), ("<br><br/>", "markup"),
                                           ("QZ-99817X", "part number"), ("?!?", "no words"),
                                           ("xqzzt wwkkv", "no word of the text is known")])  # fmt: skip
def test_what_says_nothing_is_told_so(reader, text, why):
    reading = reader.read([text])[0]
    assert not reading.candidates
    assert why in reading.reason


def test_vague_words_are_not_answered(reader):
    for reading in reader.read(["gift", "accessories", "sample", "size m blue", "misc items", "spare parts"]):
        assert not reading.candidates or reading.candidates[0].probability < 0.5


def test_a_megabyte_and_mixed_scripts_are_read_or_refused_clearly(reader):
    long, mixed = reader.read(["ball bearings steel " * 50_000, "FPGA 可编程逻辑器件 ПЛИС Xilinx"])
    assert "characters were read" in long.reason
    assert mixed.candidates[0].hs6 == "854231"


def test_the_same_text_is_read_alike_alone_and_among_others(reader):
    texts = [text for text, _ in SPOKEN]
    assert reader.read(texts) == [reader.read([text])[0] for text in texts]


def test_a_users_rows_teach_their_own_words(reader):
    rows = [(f"zorblax unit {number}", "903020") for number in range(40)]
    rows += [(f"quintop piece {number}", "392690") for number in range(40)]
    taught = reader.trained_on(rows)
    first, second = taught.read(["zorblax", "quintop 9"])
    assert first.candidates[0].hs6 == "903020"
    assert second.candidates[0].hs6 == "392690"
    with pytest.raises(InputError, match="at least 50"):
        reader.trained_on(rows[:9])


@pytest.mark.parametrize(("code", "problem"), [
    ("85A231", "not all digits"), ("123", "3 digits"), ("7701.00", "chapter 77"), ("980100", "chapter 98"),
    ("9999999", "chapter 99"), ("854299", "not in HS 2022"), ("8542.31.00", ""), ("", ""),
])  # fmt: skip
def test_wrong_codes_are_named(reader, code, problem):
    found = declared_code(code, reader.codes)
    assert problem in found.problem
    assert bool(found.problem) == bool(problem)


def test_a_text_speaks_against_a_code_only_when_sure_and_only_off_the_list():
    sure = Reading((Candidate("854231", 0.95, ("microcontroller",)), Candidate("854232", 0.03, ())), "")
    doubtful = Reading((Candidate("854231", 0.6, ()),), "")
    assert against_code(sure, "392690", PRIORITY)
    assert not against_code(doubtful, "392690", PRIORITY)
    assert not against_code(sure, "854290", PRIORITY), "the same heading is a matter of opinion"
    assert not against_code(sure, "853400", PRIORITY), "the declared code is on the list as well"
    assert "another code" in reason_of(sure, 1, declared_code("392690", {"392690"}))
