"""`mingzhang close`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out

if TYPE_CHECKING:
    from flows.edges.closes import Exceptions
    from flows.outcome import Outcome


class CutoffName(StrEnum):
    """Up to which day a budget year is closed."""

    fiscal = "fiscal"
    extended = "extended"


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("close")(close)


def close(
    *,
    year: Annotated[int, typer.Option("--year", help="预算年度 · budget year")],
    cutoff: Annotated[CutoffName, typer.Option("--cutoff", help="12月31日口径，或春节前口径 · up to which day")],
    with_exceptions: Annotated[
        bool, typer.Option("--with-exceptions", help="带例外结账，须写明以下四项 · close although something is open")
    ] = False,
    reason: Annotated[str, typer.Option(help="理由 · why")] = "",
    prepared_by: Annotated[str, typer.Option(help="经办人 · who prepared it")] = "",
    approved_by: Annotated[str, typer.Option(help="批准人 · who approved it, somebody else")] = "",
    document: Annotated[str, typer.Option(help="依据文件 · the document that allows it")] = "",
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """年终结账：封存一个预算年度在某一口径的数字 · seal the figures of a budget year.

    mingzhang close --year 2021 --cutoff fiscal
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows import closing, orchestration

        said = _exceptions(reason, prepared_by, approved_by, document) if with_exceptions else None
        return orchestration.run(
            common.root,
            "flows.year_end_close:year_end_close",
            closing.close,
            year=year,
            cutoff=cutoff.value,
            exceptions=said,
        )

    carry_out("close", common, work)


def _exceptions(reason: str, prepared_by: str, approved_by: str, document: str) -> Exceptions:
    """Who closes with exceptions says why and on what paper, and is not alone."""
    from flows.edges.closes import Exceptions
    from flows.problems import Exit, refuse

    stated = {"--reason": reason, "--prepared-by": prepared_by, "--approved-by": approved_by, "--document": document}
    missing = [option for option, value in stated.items() if not value.strip()]
    if not missing and prepared_by.strip() == approved_by.strip():
        missing = ["--approved-by"]
    if missing:
        raise refuse(Exit.USAGE, "usage.exceptions", missing=" ".join(missing))
    return Exceptions(reason.strip(), prepared_by.strip(), approved_by.strip(), document.strip())
