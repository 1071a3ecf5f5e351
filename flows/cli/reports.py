"""`report KIND`: documents for people, into the outbox."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome


class ReaderOption(StrEnum):
    """Who reads the report: outside the house no unit is named as a bad example."""

    external = "external"
    internal = "internal"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    report = typer.Typer(help="生成文书 · documents for people", no_args_is_help=True, rich_markup_mode=None)
    report.command("annual")(annual)
    report.command("dashboard")(dashboard)
    report.command("bank-reconciliation")(bank_reconciliation)
    app.add_typer(report, name="report")


def annual(
    project: Annotated[str, typer.Option(help="项目名称 · project")],
    year: Annotated[
        int | None, typer.Option(help="预算年度，默认最近一年 · budget year, the latest by default")
    ] = None,
    audience: Annotated[ReaderOption, typer.Option(help="读者 · reader")] = ReaderOption.external,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="落款日期 · date under the signature")
    ] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """项目支出绩效自评报告 · the annual report.

    mingzhang report annual --project 困难职工帮扶 --year 2021
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.reporting import annual_report

        signed_on = on.date() if on else None
        return annual_report(common.root, project=project, year=year, audience=audience.value, report_on=signed_on)

    carry_out("report", common, work)


def dashboard(
    year: Annotated[
        int | None, typer.Option(help="预算年度，默认最近一年 · budget year, the latest by default")
    ] = None,
    project: Annotated[str | None, typer.Option(help="项目名称，默认全部 · project, all by default")] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """资金执行看板，一个离线网页 · the dashboard, one offline page.

    mingzhang report dashboard --year 2021
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.reporting import dashboard

        return dashboard(common.root, year=year, project=project)

    carry_out("report", common, work)


def bank_reconciliation(
    month: Annotated[str, typer.Option(help="月份，如 2021-11 · month")],
    unit: Annotated[
        str | None, typer.Option(help="单位代码或名称，默认全部 · unit code or name, all by default")
    ] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """银行存款余额调节表 · the books beside the bank at a month's end.

    mingzhang report bank-reconciliation --month 2021-11
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.bank_reconciling import bank_reconciliation

        return bank_reconciliation(common.root, month=month, unit=unit)

    carry_out("report", common, work)
