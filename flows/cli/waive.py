"""`mingzhang waive`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("waive")(waive)


def waive(
    subject: Annotated[str, typer.Argument(metavar="FINDING|GROUP", help="疑点编号或疑点组编号 · id that check lists")],
    reason: Annotated[str, typer.Option(help="理由 · why it cannot be corrected")],
    prepared_by: Annotated[str, typer.Option(help="经办人，可写明单位 · who prepared it")],
    approved_by: Annotated[str, typer.Option(help="批准人，另一人 · who approved it, somebody else")],
    document: Annotated[str, typer.Option(help="依据文件的路径或文号 · a file, or the number of a paper")],
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="有效期至，默认按政策 · last day, by default as policy says"),
    ] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """例外审批：疑点经批准予以说明 · a decision on findings, remembered across re-runs.

    mingzhang waive 3f2a9c0d11e8b764 --reason 确系两次慰问 --prepared-by 张三 --approved-by 李四
    --document 岳工发〔2022〕3号
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows import orchestration
        from flows.waiving import Decision, waive

        _refuse_blank(reason, prepared_by, approved_by, document)
        decision = Decision(
            reason.strip(), prepared_by.strip(), approved_by.strip(), document.strip(), until.date() if until else None
        )
        return orchestration.run(
            common.root,
            "flows.exception_approval:exception_approval",
            waive,
            subject=subject.strip(),
            decision=decision,
        )

    carry_out("waive", common, work)


def _refuse_blank(reason: str, prepared_by: str, approved_by: str, document: str) -> None:
    from flows.problems import Exit, refuse

    stated = {"--reason": reason, "--prepared-by": prepared_by, "--approved-by": approved_by, "--document": document}
    blank = [option for option, value in stated.items() if not value.strip()]
    if blank:
        raise refuse(Exit.USAGE, "usage.missing", value=" ".join(blank), help="mingzhang waive --help")
