"""Are foreign names told from Chinese ones, and read by what their characters stand for?"""

import pytest

from landwaiter.text.transcribed import read_foreign


@pytest.mark.parametrize(("run", "latin"), [("奥什科什", "oshkosh"), ("埃尔比特", "elbit")])
def test_a_foreign_name_is_read_by_its_sounds(run, latin):
    assert read_foreign(run) == latin


@pytest.mark.parametrize("run", ["大华", "华为", "长江存储", "", "科"])
def test_a_chinese_name_is_none(run):
    assert read_foreign(run) == ""
