"""Commands that ask: check, reconcile, query, explain."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome


class Format(StrEnum):
    """How the rows of a query are written."""

    table = "table"
    json = "json"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("check")(check)
    app.command("reconcile")(reconcile)
    app.command("query")(query)
    app.command("explain")(explain)


def check(
    year: Annotated[int | None, typer.Option(help="预算年度 · budget year")] = None,
    unit: Annotated[str | None, typer.Option(help="单位代码或名称 · unit code or name")] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """列出待处理的疑点 · findings as they stand.

    mingzhang check --year 2021 --unit 华容县总工会
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.checking import check

        return check(common.root, year=year, unit=unit)

    carry_out("check", common, work)


def reconcile(
    month: Annotated[str, typer.Option(help="YYYY-MM")],
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """对账：银行与账面截至该月末是否相符 · match bank and books up to that month's end.

    mingzhang reconcile --month 2021-11
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows import orchestration
        from flows.reconciling import reconcile

        return orchestration.run(
            common.root, "flows.monthly_reconciliation:monthly_reconciliation", reconcile, month=month
        )

    carry_out("reconcile", common, work)


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="一条 SELECT · one SELECT")],
    format: Annotated[Format, typer.Option(help="输出格式 · output format")] = Format.table,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """查询已发布的数据（已脱敏）· query the published, masked copy.

    mingzhang query "select fund_source, executed_yuan from marts.execution_by_source" --format json
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.cli.tables import written
        from flows.querying import query

        names, rows = query(common.root, sql=sql)
        if as_json:
            return Outcome(
                "query", summary={"row_count": len(rows)}, rows=[dict(zip(names, row, strict=True)) for row in rows]
            )
        return Outcome("query", lines=[written(format.value, names, rows)])

    carry_out("query", common, work)


def explain(
    subject: Annotated[
        str, typer.Argument(metavar="ID", help="发放、流水、疑点或户的编号 · any id of the analyst tables")
    ],
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """说明来历：哪个文件、哪张表、哪一行 · why, and from which file, sheet and row.

    mingzhang explain 3f2a9c0d11e8b764
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.explaining import explain

        return explain(common.root, subject=subject)

    carry_out("explain", common, work)
