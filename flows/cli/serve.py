"""`mingzhang serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("serve")(serve)


def serve(
    every: Annotated[
        float | None, typer.Option(min=0.1, help="每隔多少秒看一次，默认见 mingzhang.toml · seconds between two looks")
    ] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """看守 inbox/，收到的文件自动入账，直到停止 · watch the inbox and receive what comes, until stopped.

    mingzhang serve --workspace yueyang
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows.watching import serve

        return serve(common.root, every=every)

    carry_out("serve", common, work)
