"""Which parties are on OFAC's list of Specially Designated Nationals?"""

from landwaiter.sources.ofac_csv import read_csv
from landwaiter.sources.reading import Files, Reading


def read(files: Files) -> Reading:
    """Listings of the CSV files."""
    return read_csv("us_ofac_sdn", files)
