"""Commands about versions of what was received: withdraw, diff."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome

_NAMED = "收件夹中的路径、收件回执上的文件名、SHA-256 或其前 6 位以上 · path, name as told, or SHA-256"
_COMPARED = f"{_NAMED}；还没有收的文件写路径 · or one not received yet"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("withdraw")(withdraw)
    app.command("diff")(diff)


def withdraw(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_NAMED)],
    undo: Annotated[bool, typer.Option("--undo", help="恢复已撤回的文件 · put it back in force")] = False,
    reason: Annotated[str, typer.Option(help="理由 · why")] = "",
    prepared_by: Annotated[str, typer.Option(help="经办人 · who says so")] = "",
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """撤回一个收到的文件：它的各行不再入账，它取代的重新入账 · take a file's rows back out.

    mingzhang withdraw inbox/华容县总工会/名单.xlsx --reason 报错了文件
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows import orchestration
        from flows.edges.withdrawals import Word
        from flows.withdrawing import withdraw

        word = Word(not undo, reason.strip(), prepared_by.strip())
        return orchestration.run(common.root, "flows.withdrawal:withdrawal", withdraw, file=file.strip(), word=word)

    carry_out("withdraw", common, work)


def diff(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_COMPARED)],
    unit: Annotated[str | None, typer.Option(help="没有收的文件属于哪个单位 · unit of a file not received yet")] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """与此前的版本逐行比较，什么也不改动 · what changed against the version before.

    mingzhang diff inbox/华容县总工会/名单_更正.xlsx
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.diffing import diff

        return diff(common.root, file=file.strip(), unit=unit)

    carry_out("diff", common, work)
