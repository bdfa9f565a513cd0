"""Says what went wrong, where, and what to do: the one tree of errors.

    LandwaiterError
    ├── InputError      a file or option that somebody gave us cannot be used
    ├── ListError       a published list could not be fetched, read or trusted
    ├── ContractError   a table is not what `tables.py` says it is
    ├── EngineError     a step could not finish: memory, disk, time, a cluster that is gone
    └── RefusedError    the act is not allowed: an output folder that is not ours, a limit that was passed

Bad *data* is a row in `rejects`, never an exception. Bad *programs* are assertions.
"""


class LandwaiterError(Exception):
    """An expected failure that a person can act on.

    Args:
        where: the file, table, list, step or option concerned.
        what: what is wrong with it, in one clause.
        hint: what to do about it, in one clause; may be empty.
    """

    def __init__(self, where: str, what: str, hint: str = "") -> None:
        self.where = where
        self.what = what
        self.hint = hint
        super().__init__(where, what, hint)

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class InputError(LandwaiterError):
    """A file or option that somebody gave us cannot be used."""


class ListError(LandwaiterError):
    """A published list could not be fetched, read or trusted."""


class ContractError(LandwaiterError):
    """A table is not what `tables.py` says it is."""


class EngineError(LandwaiterError):
    """A step could not finish: memory, disk, time, or a cluster that is gone."""


class RefusedError(LandwaiterError):
    """The act is not allowed as asked."""
