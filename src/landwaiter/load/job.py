"""What do parent and child process say to each other? One job there, one answer back, both as JSON."""

import json
from dataclasses import asdict, dataclass, field

from landwaiter.load.limits import Limits
from landwaiter.load.mapping import Mapping
from landwaiter.ref.money import Rates

ROWS = "rows"  # the kind of a job that only reads a file as it stands
LOOK = "look"  # the kind of a job that only reads a header and the first rows
ROWS_FILE = "rows.parquet"


@dataclass(frozen=True)
class Job:
    """One file to be read into the folder `into`."""

    kind: str
    source: str
    into: str
    mapping: Mapping
    limits: Limits
    first_row_no: int = 0
    rates: Rates = field(default_factory=dict)

    def to_json(self) -> str:
        """The job as one line of text."""
        rates = [[code, year, rate] for (code, year), rate in self.rates.items()]
        return json.dumps({**asdict(self), "rates": rates})


@dataclass(frozen=True)
class Done:
    """What became of a file; jobs of kind `rows` and `look` say less, `look` also the header and the first rows."""

    sha256: str
    encoding: str
    rows: int = 0
    loaded: int = 0
    rejected: int = 0
    form: str = ""
    notes: list[str] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)


def job_from_json(text: str) -> Job:
    """The job that `to_json` wrote."""
    said = json.loads(text)
    said["mapping"] = Mapping(**said["mapping"])
    said["limits"] = Limits(**said["limits"])
    said["rates"] = {(code, year): rate for code, year, rate in said["rates"]}
    return Job(**said)
