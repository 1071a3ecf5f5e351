"""`mingzhang decide`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("decide")(decide)


def decide(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="填好的对账待办 · the filled list of open items")],
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """对账待办：采用人对待定流水和发放的选择 · take people's decisions on open items.

    mingzhang decide outbox/华容县总工会/对账待办.xlsx
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows import orchestration
        from flows.deciding import decide

        return orchestration.run(common.root, "flows.decision_on_items:decision_on_items", decide, file=file)

    carry_out("decide", common, work)
