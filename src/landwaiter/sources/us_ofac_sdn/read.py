"""Which parties are on OFAC's list of Specially Designated Nationals?"""

from landwaiter.sources.ofac_advanced import read_advanced
from landwaiter.sources.ofac_csv import read_csv
from landwaiter.sources.ofac_xml import read_xml
from landwaiter.sources.reading import Files, Reading


def read(files: Files) -> Reading:
    """Listings of the CSV files, the classic XML or the Advanced XML, whichever these files are."""
    if "advanced" in files:
        return read_advanced("us_ofac_sdn", files)
    return read_xml("us_ofac_sdn", files) if "xml" in files else read_csv("us_ofac_sdn", files)
