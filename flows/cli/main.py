"""`mingzhang`: every command and group, each imported when it is called; `--help` pays for nothing else."""

from __future__ import annotations

import typer

from flows.cli import close, data, demo, policy, questions, reports

app = typer.Typer(
    name="mingzhang",
    help="明账：工会帮扶资金，从收到的文件到每一个数字 · from received files to every figure",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (data, questions, close, reports, policy, demo):
    group.register(app)


def main() -> None:
    """Entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()
