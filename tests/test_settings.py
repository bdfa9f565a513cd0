"""Is the environment read as it is documented, and the machine asked where it says nothing?"""

import pytest

from landwaiter.settings import parse_memory, read_settings

NAMES = ("LANDWAITER_HOME", "LANDWAITER_MEMORY", "LANDWAITER_THREADS", "LANDWAITER_DATABASE", "LANDWAITER_OFFICER")


@pytest.mark.parametrize(
    ("text", "mib"),
    [("4GB", 4096), ("500MB", 500), ("1.5G", 1536), ("2T", 2 * 1024 * 1024), ("64m", 64)],
)
def test_sizes_as_people_write_them(text, mib):
    assert parse_memory(text) == mib


@pytest.mark.parametrize("text", ["", "4", "GB", "four GB", "-4GB", "4KB", "4.5.1G", "∞GB"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(ValueError, match="is not a size such as"):
        parse_memory(text)


def test_the_environment_decides(monkeypatch, tmp_path):
    for name, value in zip(NAMES, (str(tmp_path), "3GB", "7", "postgresql://h/d", "ann"), strict=True):
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert (settings.home, settings.memory_mb, settings.threads) == (tmp_path, 3072, 7)
    assert (settings.database, settings.officer) == ("postgresql://h/d", "ann")


def test_without_it_the_machine_does(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    settings = read_settings()
    assert settings.home.name == "landwaiter"
    assert settings.memory_mb > 100
    assert settings.threads >= 1
    assert settings.database is None
