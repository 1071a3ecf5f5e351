"""`layout draft`: a proposal for an unknown bank export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    layout = typer.Typer(help="银行格式 · layouts of bank exports", no_args_is_help=True, rich_markup_mode=None)
    layout.command("draft")(draft)
    app.add_typer(layout, name="layout")


def draft(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="银行导出的流水 · the bank's export")],
    name: Annotated[
        str | None, typer.Option(help="格式的名称，默认取自文件名 · name of the layout, by default the file's")
    ] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """为没见过的银行草拟格式，核对确认后才使用 · propose a layout, to be confirmed before it is used.

    mingzhang layout draft inbox/华容县总工会/长沙银行2021年12月.xlsx
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.cli.tables import as_table
        from flows.drafting import draft_layout

        return draft_layout(common.root, file=file.resolve(), name=name, table=as_table)

    carry_out("layout", common, work)
