"""All commands as one: which there are, how one is found, and what a wrong command line is told."""

from importlib import import_module

import click

from tui import __version__
from tui.commands import COMMANDS, FILES
from tui.ending import USAGE, ReaderGone, Stop, end_on_signals
from tui.opening import Opening


class Commands(click.Group):
    """The commands, each imported from the file named like it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names that --help lists."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"tui.commands.{FILES.get(cmd_name, cmd_name)}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; that nobody reads any more goes past click, which would end with a code of its own."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what each command is for, without loading it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": 78},  # asking the terminal costs 10 ms
    subcommand_metavar="[FILE | COMMAND ...]",
    epilog="A dossier named like a command is opened as ./NAME.\n\n\b\n"
    "Completion in bash; zsh_source and fish_source are for the others:\n"
    '  eval "$(_PARLEY_COMPLETE=bash_source parley)"',
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--read-only", is_flag=True, help="Change nothing in the file.")
@click.pass_context
def parley(context: click.Context, read_only: bool) -> None:
    """Follow a negotiation: who wants what of whom, in which round, and how the others answered.

    Without a command the screen opens FILE, or without a FILE the dossier that ships with Parley.
    """
    context.obj = read_only


def run(words: list[str]) -> int | Opening:
    """Do what a command line with a command says; its exit code, or what the screen is to open."""
    end_on_signals()
    try:
        result = parley.main(words, prog_name="parley", standalone_mode=False)
    except click.UsageError as error:
        place = error.ctx.command_path if error.ctx else "parley"
        raise Stop(f"{error.format_message()} See `{place} --help`.", USAGE) from error
    except click.ClickException as error:
        raise Stop(error.format_message(), error.exit_code) from error
    except click.Abort:
        raise KeyboardInterrupt from None
    return result if isinstance(result, int | Opening) else 0
