"""`mingzhang demo`."""

from __future__ import annotations

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("demo")(demo)


def demo(workspace: WorkspaceOption = None, lang: LangOption = Lang.zh, as_json: JsonOption = False) -> None:
    """样例年：从文件到报告走一遍 · the sample year, from its files to its reports.

    mingzhang demo --workspace demo
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.demo import demo

        return demo(common.root)

    carry_out("demo", common, work)
