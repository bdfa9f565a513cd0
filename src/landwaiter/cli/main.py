"""What does the program answer at once? Its help and version; all else is loaded, run, and ends in an exit status.

Reading a command line in full costs a tenth of a second and more in imports, so it waits in `app.py` until it is
needed, and every command waits in its own file until it is named.
"""

import errno
import os
import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from landwaiter import __version__
from landwaiter.errors import LandwaiterError

ABOUT = "Finds sanctions-busting in trade: goods routed through third countries, end use concealed."

# Name and sentence of each command; its file and function carry its name. Kept here so that --help imports none.
COMMANDS = {
    "demo": "Make a small world, run the whole flow on it and write the report: the first thing to run.",
    "run": "Load customs rows and lists, run every engine and red flag, write the tables and report.html.",
    "day": "Add a day's customs rows to a book of all rows in seconds, and tell what they change.",
    "update": "Fetch the public lists from their publishers, or take them from files.",
    "map": "Propose how the headers of a file map to our columns.",
    "screen": "Name the listed parties that a name, or each name of a file, could be.",
    "compare": "Score pairs of names.",
    "coverage": "Say which lists carry a party, since when, and which do not.",
    "classify": "Name the HS codes of goods and the paragraphs of control lists that catch them.",
    "marking": "Read a chip's marking: maker, part, date code, lot, country of assembly.",
    "controls": "Compare two versions of a control list, and say which goods the change catches or lets go.",
    "own": "Say who is owned or controlled by a listed party, under which regime on which day, with the proof.",
    "leads": "Order the firms of a run for a week of so many cases, so that they find the most.",
    "trace": "Follow a party, a shipment, a part or a marking both ways along its chains.",
    "mirror": "Find mirror gaps, breaks and substitution in aggregate trade statistics.",
    "backtest": "Freeze lists and rows at a day of the past, and say what would have been flagged, and when.",
    "inspect": "Say which declarations to open first, learned from a service's own inspections.",
    "case": "Open, show, assign and decide cases; every decision can be replayed.",
    "audit": "Verify the audit log: any change, removal, reordering or cut tail is found.",
    "key": "Make this agency's keys, and trust or revoke a peer's after comparing fingerprints.",
    "seal": "Seal a case into a signed and encrypted dossier for a peer.",
    "open": "Verify and open a peer's dossier.",
    "redact": "Withhold statements of a dossier; the originator's signature still holds.",
    "receipt": "Write or read the signed receipt of a dossier.",
    "ask": "Ask a peer privately, in three files: do we both know this party, marking or number?",
    "export": "Write cases and findings as FollowTheMoney, STIX, MISP or CSV.",
    "simulate": "Make a world with planted schemes and its truth table.",
}

OPTIONS = {
    "--help, -h": "This page; after a command, that command's own.",
    "--version": "The version.",
    "--install-completion": "Completion of commands and options for bash, zsh, fish or PowerShell.",
}

# What to do about the failures of the machine that no room foresaw.
HINTS = {
    errno.ENOSPC: "free some space, or choose another disk",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "files may not be that large here",
    errno.EROFS: "the disk is read-only; choose another folder",
    errno.EACCES: "you may not write or read there; choose another folder",
    errno.EPERM: "you may not write or read there; choose another folder",
    errno.ENOENT: "does it exist?",
}


def main() -> None:
    """Run the command line; exit 0 done, 1 refused or the answer is no, 2 wrong usage."""
    arguments = sys.argv[1:]
    if arguments in ([], ["--help"], ["-h"]):
        _print(help_page())
    elif arguments == ["--version"]:
        _print(__version__)
    elif not arguments[0].startswith("-") and arguments[0] not in built_commands():
        near = get_close_matches(arguments[0], built_commands(), n=1)
        also = f"did you mean '{near[0]}'?" if near else "`landwaiter --help` lists them"
        _fail(f"there is no command '{arguments[0]}' ({also})")
        sys.exit(2)
    else:
        sys.exit(_answer(arguments))


def _answer(arguments: list[str]) -> int:
    try:
        status: int = import_module("landwaiter.cli.app").answer(arguments)
        sys.stdout.flush()
    except LandwaiterError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # The reader, such as `head`, has enough; what Python still holds for it must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        hint = HINTS.get(error.errno or 0)
        where = error.filename or "this machine"
        return _fail(f"{where}: {error.strerror or error}" + (f" ({hint})" if hint else ""))
    except KeyboardInterrupt:
        return 130
    return status


def _fail(sentence: str) -> int:
    sys.stderr.write(f"landwaiter: {sentence}\n")
    return 1


def built_commands() -> dict[str, str]:
    """The commands whose file is there: one whose room is not built is absent, not a stub."""
    here = Path(__file__).parent
    return {name: sentence for name, sentence in COMMANDS.items() if (here / f"{name}.py").exists()}


def help_page() -> str:
    """What `landwaiter --help` prints."""
    commands = built_commands()
    width = max(len(word) for word in [*commands, *OPTIONS])
    lines = [ABOUT, "", "Usage: landwaiter COMMAND [OPTIONS]", "", "Commands:"]
    lines += [f"  {name:<{width}}  {sentence}" for name, sentence in commands.items()]
    lines += ["", "Options:"]
    lines += [f"  {name:<{width}}  {sentence}" for name, sentence in OPTIONS.items()]
    lines += [
        "",
        "`landwaiter COMMAND --help` tells what a command needs. Exit: 0 done, 1 no or refused, 2 wrong usage.",
    ]
    return "\n".join(lines)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
