"""`policy show|check`: what applies on a date, and what is not yet confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome

OnOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="哪一天适用，默认全部 · on which day")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    policy = typer.Typer(help="政策与参数 · policy and parameters", no_args_is_help=True, rich_markup_mode=None)
    policy.command("show")(show)
    policy.command("check")(check)
    app.add_typer(policy, name="policy")


def show(
    on: OnOption = None, workspace: WorkspaceOption = None, lang: LangOption = Lang.zh, as_json: JsonOption = False
) -> None:
    """列出适用的参数 · the parameters that apply.

    mingzhang policy show --on 2021-12-31
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.policies import show_policy

        return show_policy(common.root, on=on.date() if on else None)

    carry_out("policy", common, work)


def check(
    on: OnOption = None, workspace: WorkspaceOption = None, lang: LangOption = Lang.zh, as_json: JsonOption = False
) -> None:
    """检查设置和政策文件，列出未确认的 · check the files, list what is unconfirmed.

    mingzhang policy check
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.policies import check_policy

        return check_policy(common.root, on=on.date() if on else None)

    carry_out("policy", common, work)
