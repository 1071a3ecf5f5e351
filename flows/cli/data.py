"""Commands that bring data in: init, ingest, sample."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Common, JsonOption, Lang, LangOption, WorkspaceOption, carry_out
from flows.outcome import Outcome


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("init")(init)
    app.command("ingest")(ingest)
    app.command("sample")(sample)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新工作区的文件夹 · folder of the new workspace")],
    unit: Annotated[str, typer.Option(help="本级工会全称 · full name of the federation")],
    region: Annotated[str, typer.Option(help="六位行政区划代码 · region code, six digits")],
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """建立工作区 · set up a workspace.

    mingzhang init yueyang --unit 岳阳市总工会 --region 430600
    """

    def work() -> Outcome:
        from flows.installing import initialise

        return initialise(folder, unit=unit, region=region)

    carry_out("init", Common(folder, lang, as_json), work)


def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="文件或文件夹，默认整个 inbox/")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="这些文件属于哪个单位 · unit of these files")] = None,
    workspace: WorkspaceOption = None,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """接收文件并更新账面 · receive files and bring everything up to date.

    mingzhang ingest
    """
    common = Common(workspace, lang, as_json)

    def work() -> Outcome:
        from flows import orchestration
        from flows.ingesting import ingest

        return orchestration.run(
            common.root, "flows.intake:intake", ingest, paths=tuple(path.resolve() for path in paths or ()), unit=unit
        )

    carry_out("ingest", common, work)


def sample(
    out: Annotated[Path, typer.Option(help="空文件夹 · an empty folder")],
    households: Annotated[int, typer.Option(min=1, help="困难职工户数 · number of households")] = 2500,
    seed: Annotated[int, typer.Option(help="种子，同一种子同一结果 · same seed, same files")] = 2021,
    year: Annotated[int, typer.Option(help="预算年度 · budget year")] = 2021,
    units: Annotated[int | None, typer.Option(help="单位个数 · number of units")] = None,
    payments: Annotated[int | None, typer.Option(help="发放笔数 · number of payments")] = None,
    noise: Annotated[int, typer.Option(min=0, max=2, help="文件的杂乱程度 · how untidy the files are")] = 1,
    faults: Annotated[
        str, typer.Option(help="植入的差错：all、none 或规则号，逗号分开 · planted faults: all, none, or rules: R11,S")
    ] = "none",
    honest: Annotated[
        bool, typer.Option("--honest", help="如实办理但不整齐的单位，没有差错 · honest but untidy offices, no faults")
    ] = False,
    lang: LangOption = Lang.zh,
    as_json: JsonOption = False,
) -> None:
    """生成样例联合会 · write a synthetic federation.

    mingzhang sample --households 300 --seed 7 --year 2023 --out sample
    """

    def work() -> Outcome:
        from flows.sampling import sample

        return sample(
            out,
            households=households,
            seed=seed,
            year=year,
            units=units,
            payments=payments,
            noise=noise,
            faults=faults,
            honest=honest,
        )

    carry_out("sample", Common(out, lang, as_json), work)
