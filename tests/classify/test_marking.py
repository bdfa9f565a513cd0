"""Does a marking give maker, part, date, lot and country, from what stands on it and nothing else?"""

import csv
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.classify.marking import read_marking, read_markings
from landwaiter.classify.marking_dates import read_date, week_days
from landwaiter.classify.marking_makers import agreement, habits, kinds, makers, named_kinds, named_makers
from landwaiter.classify.marking_parts import grammars, package_of, read_part, split_part
from landwaiter.classify.marking_text import LONGEST, part_like, read_text
from landwaiter.ref import facts

TODAY = date(2026, 11, 1)


def first(text, as_of=TODAY):
    return read_marking(text, as_of=as_of)[0]


@pytest.mark.parametrize(
    ("text", "maker", "family", "part"),
    [
        ("MAX3221EAE 2130", "Maxim", "Analog Devices", "MAX3221EAE"),
        ("XC7A100T FGG484", "Xilinx", "AMD", "XC7A100T"),
        ("EP4CE22F17C8N", "Altera", "Intel", "EP4CE22F17C8N"),
        ("LTC2983", "Linear Technology", "Analog Devices", "LTC2983"),
        ("ATMEGA 328P", "Atmel", "Microchip", "ATMEGA328P"),
        ("A3P250-VQG100", "Actel", "Microchip", "A3P250-VQG100"),
        ("CY7C68013A", "Cypress", "Infineon", "CY7C68013A"),
        ("IRFP4668", "International Rectifier", "Infineon", "IRFP4668"),
        ("IDT71V016", "IDT", "Renesas", "IDT71V016"),
        ("ISL6262A", "Intersil", "Renesas", "ISL6262A"),
        ("STM32F407VGT6", "STMicroelectronics", "STMicroelectronics", "STM32F407VGT6"),
        ("NEO-M8N", "u-blox", "u-blox", "NEO-M8N"),
        ("1986ВЕ1Т", "Milandr", "Milandr", "1986ВЕ1Т"),
        ("ESP32-WROOM-32", "Espressif", "Espressif", "ESP32-WROOM-32"),
        ("W25Q128JVSQ", "Winbond", "Winbond", "W25Q128JVSQ"),
        ("RTL8211E", "Realtek", "Realtek", "RTL8211E"),
    ],
)
def test_the_beginning_of_a_number_names_the_maker_and_its_house(text, maker, family, part):
    one = first(text)
    assert (one.maker, one.maker_family, one.part) == (maker, family, part)
    assert one.probability >= 0.8
    assert part in one.reason


def test_a_house_is_that_of_the_day():
    assert first("MAX3221EAE", as_of=date(2021, 8, 25)).maker_family == "Maxim"
    assert first("MAX3221EAE", as_of=date(2021, 8, 26)).maker_family == "Analog Devices"


def test_letters_typed_on_a_russian_keyboard_are_meant_in_latin():
    assert first("МАХ3221ЕАЕ") == first("MAX3221EAE")
    assert first("  max 3221EAE\n").part == "MAX3221EAE"


def test_a_nought_typed_for_an_o_costs_certainty():
    read, slip = first("OPA2134UA"), first("0PA2134UA")
    assert slip.maker_family == read.maker_family == "Texas Instruments"
    assert slip.probability < read.probability


@pytest.mark.parametrize("text", ["2N2222A", "1N4148", "74HC74", "К155ЛА3", "5962-8876401PA"])
def test_a_number_of_a_committee_names_no_maker(text):
    one = first(text)
    assert (one.rank, one.maker, one.probability) == (1, "", 0.0)
    assert "maker cannot be told" in one.reason


def test_a_name_and_a_number_together_are_surer_and_against_each_other_less_sure():
    alone, agreed = first("TLP627"), first("TOSHIBA TLP627")
    assert agreed.probability > alone.probability
    torn = read_marking("XILINX ADXL345", as_of=TODAY)
    assert {one.maker_family for one in torn} == {"AMD", "Analog Devices"}
    assert torn[0].probability < alone.probability
    assert "instead" in torn[0].reason


def test_a_part_that_is_only_like_a_makers_is_not_that_makers():
    assert first("compatible with XILINX").probability < 0.5


def test_country_of_assembly_is_read_from_the_marking_and_never_from_the_makers_seat():
    assert first("MAX3221EAE 2130").assembled_in == ""
    assert first("MAX3221EAE 2130 MALAYSIA").assembled_in == "MY"
    assert first("STM32F103C8T6 CHN 99").assembled_in == "CN"
    assert first("MAX3221EAE PHIL").assembled_in == "PH"
    assert first("LTM4612V e4").assembled_in == ""


def test_the_lot_is_what_is_left():
    assert first("EP4CE22F17C8N LOT 7731AB").lot == "7731AB"
    assert first("IRF7413 P141D").lot == "P141D"


@pytest.mark.parametrize("behind", ["FTG256 AGQ1305", "FTG256AGQ1305"])
def test_package_date_and_lot_of_a_xilinx_part_are_kept_apart(behind):
    one = first(f"XILINX XC7A100T\n{behind}\nD4512345A\n1C\nTAIWAN")
    assert (one.package, one.date_code, one.lot) == ("FTBGA-256", "1305", "D4512345A")
    assert (one.made_from, one.assembled_in) == (date(2013, 1, 28), "TW")


@pytest.mark.parametrize(
    ("marks", "first_day", "last_day"),
    [
        ("2130", date(2021, 7, 26), date(2021, 8, 1)),
        ("9830", date(1998, 7, 20), date(1998, 7, 26)),
        ("#2203", date(2022, 1, 17), date(2022, 1, 23)),
        ("3021", date(2021, 7, 26), date(2021, 8, 1)),
        ("KBBD9Y2043U", date(2020, 10, 19), date(2020, 10, 25)),
        ("2022年5月", date(2022, 5, 1), date(2022, 5, 31)),
        ("民國111年5月", date(2022, 5, 1), date(2022, 5, 31)),
        ("20220517", date(2022, 5, 17), date(2022, 5, 17)),
        ("WK30/21", date(2021, 7, 26), date(2021, 8, 1)),
    ],
)
def test_a_date_code_has_a_first_and_a_last_day(marks, first_day, last_day):
    code = read_date(marks, as_of=TODAY)
    assert (code.made_from, code.made_to) == (first_day, last_day)


def test_where_the_decade_is_not_marked_all_are_allowed():
    code = read_date("838", as_of=TODAY)
    assert code.made_from.year == 1998
    assert code.made_to.year == 2018
    assert "2008" in code.how


@given(st.dates(date(2001, 1, 1), TODAY))
def test_a_part_marked_on_a_day_was_made_in_the_span_that_is_read(day):
    year, week, _ = day.isocalendar()
    code = read_date(f"D/C {year % 100:02d}{week:02d}", as_of=TODAY)
    assert code.made_from <= day <= code.made_to
    assert week_days(year, week)[0] == code.made_from


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_whatever_is_typed_is_answered_or_refused_with_a_reason(text):
    answers = read_marking(text, as_of=TODAY)
    assert [one.rank for one in answers] in ([0], list(range(1, len(answers) + 1)))
    for one in answers:
        assert 0 <= one.probability <= 1
        assert one.reason
        assert one.rank or not one.maker
        assert one.made_from is None or one.made_from <= one.made_to <= TODAY
        assert not one.maker_family or one.maker_family == makers()[one.maker].house(TODAY)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "....", "\x00\x01", "🤖🤖", "<script>alert('x')</script>", "'; DROP TABLE x;--"]
)
def test_bad_text_is_refused_in_words(text):
    one = first(text)
    assert (one.rank, one.maker, one.probability) == (0, "", 0.0)
    assert one.reason


def test_a_megabyte_is_read_at_its_beginning_and_said_so():
    begun = time.process_time()
    one = first("MAX3221EAE " + "A1B2C3 " * 150_000)
    assert time.process_time() - begun < 2
    assert one.maker == "Maxim"
    assert f"{LONGEST:,}" in one.reason


def test_markings_are_read_in_order_and_fast_enough():
    texts = ["Transceiver MAX 3221EAE 2130", "STM32F103C8T6 CHN", "noise 1", "XILINX XC7A100T FTG256AGQ1305"] * 250
    read_markings(texts[:4], as_of=TODAY)
    begun = time.process_time()
    found = read_markings(texts, as_of=TODAY)
    assert len(texts) / (time.process_time() - begun) >= 1000
    assert [one[0].maker for one in found[:4]] == ["Maxim", "STMicroelectronics", "", "Xilinx"]


def test_a_number_is_split_into_series_base_and_suffix():
    assert split_part("STM32F103C8T6") == ("STM32F", "STM32F103", "C8T6")
    assert split_part("MAX3221EAE") == ("MAX32", "MAX3221", "EAE")
    assert split_part("1986ВЕ1Т") == ("1986ВЕ", "1986ВЕ1", "Т")
    assert split_part("nothing") == ("", "nothing", "")


def test_the_suffix_or_the_text_names_the_package():
    assert package_of(read_part("MAX3221EAE", 0)[0], "") == "SSOP-16"
    assert package_of(read_part("STM32F103XX", 0)[0], "IN LQFP-48 CASE") == "LQFP-48"


def test_the_kind_that_a_text_names_speaks_for_or_against_a_reading():
    assert agreement("transceiver", named_kinds(read_text("Transceivers MAX").words)) > 1
    assert agreement("servo motor", ["transceiver"]) < agreement("regulator", ["transceiver"])
    assert agreement("servo motor", []) == 1
    assert [maker for maker, _, _ in habits("ABC G4")] == ["Texas Instruments"]


def test_names_of_several_words_and_the_word_before_a_number():
    words = read_text("Texas Instruments, u-blox").words
    assert [one.maker for one in named_makers(words)] == ["Texas Instruments", "u-blox"]
    assert named_makers(read_text("KST HS35").words)[0].sure > named_makers(read_text("KST servo").words)[0].sure
    assert ("MAX3221EAE", 0) in part_like(read_text("MAX 3221EAE").words)
    assert part_like(read_text("RS-232 1000BASE-T").words) == []


def facts_of(name):
    path = Path(facts.__file__).parent / f"{name}.csv"
    return list(csv.DictReader(line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"))


def test_the_tables_of_facts_agree_with_each_other():
    known = makers()
    for row in facts_of("part_grammars"):
        assert row["maker"] in known
        assert row["component_type"] in kinds()
        assert 50 <= int(row["sure"]) <= 99
    assert all(row["maker"] in known and re.compile(row["suffix"]) for row in facts_of("part_packages"))
    assert all(not row["hs6"] or re.fullmatch(r"\d{6}", row["hs6"]) for row in facts_of("part_kinds"))
    assert all(re.fullmatch(r"[A-Z]{2}", row["country"]) for row in facts_of("assembly_countries"))
    assert len(known) > 400
    assert sum(len(them) for them in grammars().values()) > 8000


def test_every_grammar_reads_a_number_made_by_it():
    for prefix, them in list(grammars().items())[::40]:
        for one in them:
            number = re.sub(r"\[(.)[^\]]*\]", r"\1", one.expression.replace("\\d", "1").replace("[A-Z]", "B")).replace(
                "\\", ""
            )
            assert number.startswith(prefix)
            assert one.maker in {reading.maker for reading in read_part(number, 0)}


@pytest.mark.parametrize("kind", ["FPGA", "CPLD", "microcontroller", "memory", "ADC", "DAC", "diode", "transistor"])
def test_a_kind_of_part_stands_under_the_same_code_for_markings_and_for_texts(kind):
    by_marking = {row["component_type"]: row["hs6"] for row in facts.read_facts("part_kinds").to_pylist()}
    by_text = {term.casefold(): row["hs6"] for row in facts.read_facts("component_types").to_pylist()
               for term in [row["type"], *row["en"].split("|")]}  # fmt: skip
    assert by_marking[kind] == by_text[kind.casefold()]
