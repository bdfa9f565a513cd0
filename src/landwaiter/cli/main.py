"""Which command was asked for? Loads its one file of this folder, turns errors into a sentence and an exit status."""

import sys
from pathlib import Path

from cyclopts import App, CycloptsError

from landwaiter import __version__
from landwaiter.errors import LandwaiterError

# Name and sentence of each command; its file and function carry its name. Kept here so that --help imports none.
COMMANDS = {
    "demo": "Make a small world, run the whole flow on it and write the report: the first thing to run.",
    "run": "Load customs rows and lists, run every engine and red flag, write the tables and report.html.",
    "update": "Fetch the public lists from their publishers, or take them from files.",
    "map": "Propose how the headers of a file map to our columns.",
    "screen": "Name the listed parties that a name, or each name of a file, could be.",
    "compare": "Score pairs of names.",
    "coverage": "Say which lists carry a party, since when, and which do not.",
    "trace": "Follow a party or a shipment both ways along its chains.",
    "mirror": "Find mirror gaps, breaks and substitution in aggregate trade statistics.",
    "simulate": "Make a world with planted schemes and its truth table.",
}


def build_app() -> App:
    """The command line, with every command whose room is built."""
    app = App(
        name="landwaiter",
        version=__version__,
        help="Finds sanctions-busting in trade: goods routed through third countries, end use concealed.",
    )
    here = Path(__file__).parent
    for name, sentence in COMMANDS.items():
        if (here / f"{name}.py").exists():
            app.command(f"landwaiter.cli.{name}:{name}", name=name, help=sentence)
    app.register_install_completion_command()
    return app


def main() -> None:
    """Run the command line; exit 0 done, 1 refused or the answer is no, 2 wrong usage."""
    app = build_app()
    try:
        status = app(result_action="return_value", exit_on_error=False, print_error=True)
    except CycloptsError:
        sys.exit(2)
    except LandwaiterError as error:
        print(f"landwaiter: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
