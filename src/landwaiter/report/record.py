"""What does run.json say about the run: its day, inputs, lists, steps, and what did not run?"""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from landwaiter.errors import InputError
from landwaiter.ref.concern import targets


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class InputFile(_Part):
    """One file that was given to the run."""

    file: str
    sha256: str = ""
    rows: int | None = None
    loaded: int | None = None
    rejected: int | None = None


class PartyList(_Part):
    """One list of parties that was read, with the day that its publisher gave it."""

    name: str = Field(alias="list")
    title: str = ""
    publisher: str = ""
    as_of: date | None = None
    rows: int | None = None
    set_aside: int | None = None
    note: str | None = None
    sha256: str = ""


class StepRun(_Part):
    """One step of the run."""

    name: str
    seconds: float = 0
    rows: int | None = None


class NotRun(_Part):
    """Something that was wanted and did not run, and why."""

    name: str
    reason: str


class FlagCard(_Part):
    """What a red flag looks for, what explains it innocently and what it cannot see."""

    title: str
    typology: str = ""
    kind: str = ""
    innocent: str = ""
    misses: str = ""
    source: str = ""


class RunOptions(_Part):
    """What was asked of the run, as far as the report draws it."""

    targets: tuple[str, ...] = ()


class RunRecord(_Part):
    """The whole of run.json that the report shows."""

    as_of: date
    versions: dict[str, str] = {}
    inputs: list[InputFile] = []
    lists: list[PartyList] = []
    steps: list[StepRun] = []
    not_run: list[NotRun] = []
    counts: dict[str, int] = {}
    flags: dict[str, FlagCard] = {}
    notes: list[str] = []
    options: RunOptions = RunOptions()

    def concern(self) -> dict[str, date]:
        """Destinations of concern and since when: those the run used, else those of the project's own table."""
        return {row["country"]: row["since"] for row in targets(self.options.targets).to_pylist()}


def read_record(folder: Path) -> RunRecord:
    """The run's own account of itself; without one nothing may be reported, because nobody could say what ran."""
    path = folder / "run.json"
    try:
        return RunRecord.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}", "give the folder of a finished run") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole file"
        raise InputError(str(path), f"{where}: {first['msg']}", "run again; run.json is not to be edited") from error
