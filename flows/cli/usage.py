"""A command line that cannot be understood: told like every other problem, in words or as the one document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from typer._click.exceptions import BadParameter, MissingParameter, NoSuchOption, UsageError

from flows.cli.options import Lang, show
from flows.outcome import refused
from flows.problems import Exit, Refusal, refuse
from flows.words import say, speaking

# What Typer says of a value, and how we say it.
_EXPECTED = (
    (re.compile(r"is not one of (.*?)\.?$"), "usage.one_of"),
    (re.compile(r"valid (integer)"), "usage.integer"),
    (re.compile(r"less than or equal to (\d+)"), "usage.at_most"),
    (re.compile(r"greater than or equal to (\d+)"), "usage.at_least"),
    (re.compile(r"does not match the formats (.*)"), "usage.date"),
)
_NO_COMMAND = re.compile(r"No such command '(.*)'")


def misused(error: UsageError, arguments: Sequence[str]) -> Exit:
    """Say what is wrong with these arguments, as they themselves ask for it."""
    command = error.ctx.info_name if error.ctx and error.ctx.parent else None
    with speaking(_language(arguments)):
        show(refused(command or "", _refusal(error)), as_json="--json" in arguments)
    return Exit.USAGE


def _language(arguments: Sequence[str]) -> Literal["zh", "en"]:
    asked = f" {' '.join(arguments)} ".replace("=", " ")
    return "en" if f" --lang {Lang.en.value} " in asked else "zh"


def _refusal(error: UsageError) -> Refusal:
    help_ = f"{error.ctx.command_path if error.ctx else 'mingzhang'} --help"
    if isinstance(error, NoSuchOption):
        return refuse(Exit.USAGE, "usage.no_option", value=error.option_name, help=help_)
    if isinstance(error, MissingParameter) and error.param is not None:
        return refuse(Exit.USAGE, "usage.missing", value=_name(error), help=help_)
    if isinstance(error, BadParameter):
        return refuse(Exit.USAGE, "usage.value", value=_name(error), detail=_expected(error.message), help=help_)
    if found := _NO_COMMAND.match(error.message):
        return refuse(Exit.USAGE, "usage.no_command", value=found[1], help=help_)
    return refuse(Exit.USAGE, "usage.unclear", detail=error.message, help=help_)


def _name(error: BadParameter) -> str:
    """--year; an argument as the help calls it."""
    return error.param.get_error_hint().strip("'") if error.param is not None else ""


def _expected(message: str) -> str:
    for pattern, phrase in _EXPECTED:
        if found := pattern.search(message):
            return say(phrase, allowed=found[1])
    return message
