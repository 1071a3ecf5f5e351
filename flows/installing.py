"""`init`: one folder, the whole installation of one federation."""

from __future__ import annotations

import secrets
from pathlib import Path
from string import Template

from flows.edges.files import write_whole
from flows.edges.settings import require_usable
from flows.edges.templates import write_templates
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import SHIPPED, Workspace
from flows.outcome import Outcome
from flows.problems import Exit, refuse
from flows.settling import settle
from flows.words import say

_FOLDERS = ("policy", "layouts", "inbox", "outbox", "templates", "evidence", "closes", "published")


def initialise(root: Path, *, unit: str, region: str) -> Outcome:
    """`init`: the workspace, and every analyst table in it, still empty."""
    workspace = install(root, unit=unit, region=region)
    with open_warehouse(workspace, command="init") as warehouse:
        settle(warehouse, command="init")
    made = ["mingzhang.toml", *(workspace.relative(path) for path in sorted(workspace.templates.iterdir()))]
    lines = [say("init.done", unit=unit, folder=root), say("init.next")]
    return Outcome("init", summary={"unit": unit, "region": region}, outputs=made, lines=lines)


def install(root: Path, *, unit: str, region: str) -> Workspace:
    """Make the workspace of a federation. Refused (2) where there is one already; nothing is ever overwritten."""
    settings = root / "mingzhang.toml"
    if settings.exists():
        raise refuse(Exit.USAGE, "workspace.exists", str(root))
    require_usable(unit=unit, region=region)
    template = Template((SHIPPED / "data" / "workspace" / "mingzhang.toml").read_text(encoding="utf-8"))
    content = template.substitute(unit=_in_toml(unit), region=_in_toml(region))
    for folder in _FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    _make_key(root / "policy" / "household.key")
    write_templates(root / "templates")
    write_whole(settings, content.encode())
    return Workspace(root)


def _make_key(path: Path) -> None:
    """The secret behind every id of a person; an existing one is kept, or all ids would change."""
    if not path.exists():
        write_whole(path, secrets.token_hex(32).encode() + b"\n", mode=0o600)


def _in_toml(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
