"""`mingzhang`: every command and group, each imported when it is called; `--help` pays for nothing else."""

from __future__ import annotations

import sys

import typer
from typer._click.exceptions import NoArgsIsHelpError, UsageError

from flows.cli import close, data, decide, demo, layout, policy, questions, reports, serve, versions, waive
from flows.cli.usage import misused

app = typer.Typer(
    name="mingzhang",
    help="明账：工会帮扶资金，从收到的文件到每一个数字 · from received files to every figure",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_INTERRUPTED = 130  # as a shell has it
for group in (data, questions, waive, decide, versions, close, reports, policy, layout, serve, demo):
    group.register(app)


def main() -> None:
    """Entry point of the installed command."""
    try:
        code = app(prog_name=app.info.name, standalone_mode=False)
    except NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except UsageError as error:
        code = misused(error, sys.argv[1:])
    except typer.Abort:
        code = _INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
