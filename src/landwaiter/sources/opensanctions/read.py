"""Whom does an OpenSanctions dataset list? Its simple CSV, or its FollowTheMoney entities, one JSON object a line."""

from landwaiter.sources.ftm import read_entities
from landwaiter.sources.reading import Files, Reading
from landwaiter.sources.simple_csv import read_simple


def read(files: Files) -> Reading:
    """Listings of either form; the datasets that an entry is in are among its programmes."""
    if "simple" in files:
        return read_simple("opensanctions", files["simple"])
    return read_entities("opensanctions", files["entities"])
