"""Whom does Ukraine's War & Sanctions portal name? Makers of weapon parts, shadow ships, firms and people."""

from landwaiter.sources.reading import Files, Reading
from landwaiter.sources.simple_csv import read_simple


def read(files: Files) -> Reading:
    """Listings in the simple form in which OpenSanctions publishes the portal; the portal itself offers only pages."""
    return read_simple("ua_war_sanctions", files["list"])
