"""The options that every command has, and how its outcome is shown."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from flows.outcome import Outcome, crashed, refused
from flows.problems import Refusal
from flows.progress import progress
from flows.words import printable, say, speaking


class Lang(StrEnum):
    """The language of messages."""

    zh = "zh"
    en = "en"


WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", envvar="MINGZHANG_WORKSPACE", help="工作区文件夹，默认为当前文件夹 · workspace folder"),
]
LangOption = Annotated[Lang, typer.Option("--lang", help="提示的语言 · language of messages")]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 文档 · one JSON document on stdout")]


@dataclass(frozen=True)
class Common:
    """What the common options of one command line say."""

    workspace: Path | None
    lang: Lang
    as_json: bool

    @property
    def root(self) -> Path:
        return self.workspace or Path()


def carry_out(command: str, common: Common, work: Callable[[], Outcome]) -> NoReturn:
    """Do the work, show what came of it, and end with its exit code. Only a bug shows a traceback."""
    with speaking(common.lang.value):
        try:
            with progress():
                outcome = work()
        except Refusal as refusal:
            outcome = refused(command, refusal)
        except Exception as error:
            traceback.print_exc()
            outcome = crashed(command, error)
        show(outcome, as_json=common.as_json)
    raise typer.Exit(int(outcome.exit_code))


def show(outcome: Outcome, *, as_json: bool) -> None:
    """One document on stdout; or words for people there, and what is wrong on stderr."""
    if as_json:
        print(json.dumps(outcome.document(), ensure_ascii=False))
        return
    for line in outcome.lines:
        print(line)
    if any(outcome.findings.values()):
        print(say("findings_line", **outcome.findings))
    if outcome.outputs:
        print(say("outputs"))
        for path in outcome.outputs:
            print(f"  {path}")
    for each in outcome.problems:
        print(printable(each.line), file=sys.stderr)
        print(f"  {say('way_out')}{each.way_out}", file=sys.stderr)
