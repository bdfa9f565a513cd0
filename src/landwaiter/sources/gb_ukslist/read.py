"""Whom does the United Kingdom sanction? One row per designation of the UK Sanctions List, from its XML or its CSV."""

from landwaiter.sources.gb_ukslist.designations_csv import read_csv
from landwaiter.sources.gb_ukslist.designations_xml import read_xml
from landwaiter.sources.reading import Files, Reading


def read(files: Files) -> Reading:
    """Listings of either form; both give the same."""
    return read_xml(files["xml"]) if "xml" in files else read_csv(files["csv"])
