"""Do the paragraphs of the lists catch what their words say, on both sides of each limit, and never clear?"""

from datetime import date

import pytest

from landwaiter.classify.controlled import judge_item

US = {"control_list": "us_ccl", "as_of": date(2026, 7, 23)}
EU_2022 = {"control_list": "eu_annex_i", "as_of": date(2022, 6, 30)}
EU_2026 = {"control_list": "eu_annex_i", "as_of": date(2026, 9, 21)}


def caught(answers):
    return [one.entry for one in answers if one.answer == "caught"]


@pytest.mark.parametrize(
    ("item_class", "params", "entries"),
    [
        ("adc_ic", {"resolution_bits": 10, "sample_rate_msps": 600, "stores_or_processes_data": False}, []),
        ("adc_ic", {"resolution_bits": 10, "sample_rate_msps": 600.1, "stores_or_processes_data": False},
         ["3A001.a.5.a.2"]),
        ("ic_with_adc_processing", {"resolution_bits": 10, "sample_rate_msps": 1001, "stores_or_processes_data": True},
         ["3A001.a.14.a.2"]),
        ("microcontroller", {"rated_ambient_min_c": -60, "rated_ambient_max_c": 130,
                             "designed_for_civil_automobile_or_rail": False},
         ["3A001.a.2.a", "3A001.a.2.b", "3A001.a.2.c"]),
        ("microcontroller", {"rated_ambient_min_c": -60, "rated_ambient_max_c": 130,
                             "designed_for_civil_automobile_or_rail": True}, []),
        ("power_mosfet", {"max_junction_c": 216, "blocking_voltage_v": 301, "continuous_current_a": 1.5,
                          "civil_vehicle_equipment": False}, ["3A001.h"]),
        ("power_mosfet", {"max_junction_c": 215, "blocking_voltage_v": 301, "continuous_current_a": 1.5,
                          "civil_vehicle_equipment": False}, []),
        ("fpga", {"single_ended_io_max": 701, "aggregate_serial_rate_gbps": 500}, ["3A001.a.7.a", "3A001.a.7.b"]),
        ("capacitor", {"voltage_kv": 5, "energy_density_j_per_kg": 250, "total_energy_kj": 25, "repetition_hz": 9,
                       "cycle_life": None}, ["3A001.e.2.a"]),
        ("datacenter_accelerator",
         {"total_processing_performance": 2400, "performance_density": 4, "data_center": False}, []),
        ("datacenter_accelerator",
         {"total_processing_performance": 4800, "performance_density": 1, "data_center": False}, ["3A090.a.1"]),
        ("hbm", {"memory_bandwidth_density_gbps_mm2": 2.5}, ["3A090.c"]),
    ],
)  # fmt: skip
def test_a_limit_of_the_american_list_catches_on_its_own_side_only(item_class, params, entries):
    answers = judge_item(item_class, params, **US)
    assert caught(answers) == entries
    assert entries or [one.answer for one in answers] == ["not caught"]


@pytest.mark.parametrize(
    ("item_class", "params", "in_2022", "in_2026"),
    [
        ("signal_generator", {"max_frequency_ghz": 100}, ["3A002.d.6"], []),
        ("realtime_oscilloscope", {"bandwidth_ghz": 70, "rms_noise_pct_fs": 1}, ["3A002.a.7"], []),
        ("realtime_oscilloscope", {"bandwidth_ghz": 91, "rms_noise_pct_fs": 1}, ["3A002.a.7"], ["3A002.a.7"]),
        ("network_analyser", {"output_power_mw": 50, "frequency_ghz": 60, "max_frequency_ghz": 67}, ["3A002.e.1"], []),
        ("signal_analyser", {"realtime_bandwidth_mhz": 521, "mask_trigger_us": 8, "constant_pct_filters_only": False},
         ["3A002.c.4"], ["3A002.c.4"]),
        ("signal_analyser", {"realtime_bandwidth_mhz": 521, "mask_trigger_us": 8, "constant_pct_filters_only": True},
         [], []),
    ],
)  # fmt: skip
def test_the_day_chooses_the_text(item_class, params, in_2022, in_2026):
    assert caught(judge_item(item_class, params, **EU_2022)) == in_2022
    assert caught(judge_item(item_class, params, **EU_2026)) == in_2026


def test_units_may_differ_from_those_of_the_list():
    asked = {"resolution_bits": "12 bit", "sample_rate_gsps": "0,401", "stores_or_processes_data": "no"}
    assert caught(judge_item("adc_ic", asked, **US)) == ["3A001.a.5.a.3"]
    power = {"frequency_ghz": "34 GHz", "peak_saturated_power_w": "28 dBm"}
    assert caught(judge_item("microwave_transistor", power, **US)) == ["3A001.b.3.c"]
    kelvin = {
        "rated_ambient_max_c": "399 K",
        "rated_ambient_min_c": 0,
        "designed_for_civil_automobile_or_rail": "false",
    }
    assert caught(judge_item("microcontroller", kelvin, **US)) == ["3A001.a.2.a"]


def test_what_is_missing_is_named_and_nothing_is_cleared():
    answers = judge_item("adc_ic", {"resolution_bits": 12}, **US)
    assert {one.answer for one in answers} == {"undecidable"}
    assert "sample_rate_msps" in answers[0].reason
    thyristor = judge_item("thyristor", {"di_dt_a_per_us": 31000, "off_state_v": 1200, "surge_a": 0}, **US)
    assert [(one.entry, one.answer) for one in thyristor] == [("3A001.g.1", "undecidable")]
    assert "civil_rail_or_aircraft" in thyristor[0].reason
    nothing = judge_item("capacitor", {}, **US)
    assert {one.answer for one in nothing} == {"undecidable"}
    passed = judge_item("hbm", {"memory_bandwidth_density_gbps_mm2": 1}, **US)
    assert [one.answer for one in passed] == ["not caught"]
    assert "were not looked at" in passed[0].reason


def test_a_value_outside_its_measuring_condition_decides_nothing():
    cell = {"kind": "secondary", "energy_density_wh_per_kg": 400, "temperature_c": 60}
    answers = judge_item("electrochemical_cell", cell, **US)
    assert not caught(answers)
    assert any("temperature_c = 20 °C" in one.reason for one in answers if one.answer == "undecidable")


def test_between_two_texts_an_answer_is_possible_at_most():
    answers = judge_item(
        "signal_generator", {"max_frequency_ghz": 100}, control_list="eu_annex_i", as_of=date(2024, 5, 1)
    )
    assert [(one.entry, one.answer) for one in answers] == [("3A002.d.6", "possible")]
    low = judge_item("signal_generator", {"max_frequency_ghz": 10}, control_list="eu_annex_i", as_of=date(2024, 5, 1))
    assert {one.answer for one in low} == {"undecidable"}


def test_unknown_lists_classes_and_values_are_said():
    assert "no text of this list" in judge_item("adc_ic", {}, control_list="jp_meti", as_of=date(2026, 1, 1))[0].reason
    assert "is not known" in judge_item("teapot", {}, **US)[0].reason
    answers = judge_item("hbm", {"memory_bandwidth_density_gbps_mm2": "fast", "colour": "red"}, **US)
    assert {one.answer for one in answers} == {"undecidable"}
    assert "'fast'" in answers[0].reason
    assert "'colour'" in answers[0].reason


def test_a_value_is_read_from_the_description_where_only_one_can_be_meant():
    answers = judge_item("adc_ic", {"stores_or_processes_data": False}, text="ADC, 14-bit, 500 MSPS, LQFP", **US)
    assert caught(answers) == ["3A001.a.5.a.4"]
    assert "was read from the description" in answers[0].reason


@pytest.mark.parametrize(
    ("item_class", "params", "answers"),
    [
        ("machine_tool_turning", {"unidirectional_repeatability_um": 1.1, "travel_m": 1.5, "axes": 2},
         {"2B001.a.2": "caught"}),
        ("machine_tool_turning", {"unidirectional_repeatability_um": 1.1, "travel_m": 0.9, "axes": 2},
         {"2B001.a": "not caught"}),
        ("machine_tool_turning", {"unidirectional_repeatability_um": 1.1, "travel_m": 1.5, "axes": 1},
         {"2B001.a": "not caught"}),
        ("machine_tool_turning", {"unidirectional_repeatability_um": 1.1, "travel_m": 1.5},
         {"2B001.a.2": "undecidable"}),
        ("machine_tool_grinding", {"unidirectional_repeatability_um": 1.1, "travel_m": 0.5, "axes": 4},
         {"2B001.c.1": "caught"}),
        ("machine_tool_grinding", {"unidirectional_repeatability_um": 1.4, "travel_m": 2, "axes": 5},
         {"2B001.c.2.b": "caught"}),
        ("machine_tool_grinding", {"unidirectional_repeatability_um": 1.1, "travel_m": 0.5, "axes": 2},
         {"2B001.c": "not caught"}),
        ("magnetometer", {"technology": "fluxgate", "sensitivity_pt": 10}, {"6A006.a.3": "caught"}),
        ("magnetometer", {"technology": "fluxgate", "sensitivity_pt": 11}, {"6A006.a": "not caught"}),
        ("gravimeter", {"use": "ground", "static_accuracy_ugal": 9.9, "gradiometer": False}, {"6A007.a": "caught"}),
        ("gravimeter", {"use": "ground", "static_accuracy_ugal": 10, "gradiometer": False}, {"6A007": "not caught"}),
        ("thermal_camera", {"focal_plane_array": "a3f", "frame_rate_hz": 9}, {"6A003.b.4": "not caught"}),
        ("thermal_camera", {"focal_plane_array": "a3f", "frame_rate_hz": 9.1}, {"6A003.b.4.b": "caught"}),
        ("thermal_camera", {"focal_plane_array": "a3f"}, {"6A003.b.4.b": "undecidable"}),
    ],
)  # fmt: skip
def test_machine_tools_and_sensors_of_the_european_list(item_class, params, answers):
    found = judge_item(item_class, params, **EU_2022)
    assert {one.entry: one.answer for one in found} == answers


def test_a_radar_is_caught_by_what_is_told_and_the_rest_is_named():
    found = {one.entry: one for one in judge_item("radar", {"instrumented_range_km": 186}, **EU_2022)}
    assert found["6A008.i"].answer == "caught"
    assert found["6A008.k.1"].answer == "undecidable"
    assert "pulse_compression_ratio" in found["6A008.k.1"].reason


def test_an_entry_of_which_no_text_is_held_is_possible_by_a_list_that_numbers_alike():
    params = {"unidirectional_repeatability_um": 1.3, "travel_m": 2, "axes": 5}
    (one,) = judge_item("machine_tool_milling", params, **US)
    assert (one.control_list, one.entry, one.answer) == ("us_ccl", "2B001.b.2.b", "possible")
    assert "no text of 2B001.b is held" in one.reason
    (one,) = judge_item("machine_tool_milling", {**params, "unidirectional_repeatability_um": 9}, **US)
    assert one.answer == "undecidable"
