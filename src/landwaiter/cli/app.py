"""Which command was asked for? Cyclopts reads the line; each command's one file is loaded only when it is named."""

from cyclopts import App, CycloptsError

from landwaiter import __version__
from landwaiter.cli.main import ABOUT, built_commands


def build_app() -> App:
    """The command line, with every command whose room is built."""
    app = App(name="landwaiter", version=__version__, help=ABOUT)
    for name, sentence in built_commands().items():
        app.command(f"landwaiter.cli.{name}:{name}", name=name, help=sentence)
    app.register_install_completion_command(add_to_startup=False)
    return app


def answer(arguments: list[str]) -> int:
    """Run the command that was asked for; its exit status, which is 2 where it was asked wrongly."""
    try:
        status = build_app()(arguments, result_action="return_value", exit_on_error=False, print_error=True)
    except CycloptsError:
        return 2
    return status if isinstance(status, int) else 0
