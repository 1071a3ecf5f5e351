"""The folder of one federation: where everything lies in it (contract section 1)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flows.edges.settings import Settings, read_settings
from flows.problems import Exit, refuse

SHIPPED = Path(__file__).resolve().parents[2]
"""Where the shipped SQL, contracts and policy lie: the root of the installed packages."""


@dataclass(frozen=True)
class Workspace:
    """Paths of a workspace. Folders that are missing are made when something is written into them."""

    root: Path

    @cached_property
    def settings(self) -> Settings:
        return read_settings(self.root / "mingzhang.toml")

    @property
    def policy(self) -> Path:
        return self.root / "policy"

    @property
    def layouts(self) -> Path:
        return self.root / "layouts"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def evidence(self) -> Path:
        return self.root / "evidence"

    @property
    def closes(self) -> Path:
        return self.root / "closes"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse.duckdb"

    @property
    def lock(self) -> Path:
        return self.root / ".mingzhang.lock"

    @property
    def spill(self) -> Path:
        return self.root / ".spill"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def analyst(self) -> Path:
        return self.published / "analyst.duckdb"

    @property
    def parquet(self) -> Path:
        return self.published / "parquet"

    def household_key(self) -> bytes:
        """The secret that keys everything personal; made once by `init`."""
        path = self.policy / "household.key"
        if not path.is_file():
            raise refuse(Exit.REFUSED, "workspace.no_key", "policy/household.key")
        return path.read_bytes().strip()

    def relative(self, path: Path) -> str:
        """A path as people and `--json` see it: relative to the workspace, with slashes."""
        return path.resolve().relative_to(self.root.resolve()).as_posix()


def open_workspace(root: Path) -> Workspace:
    """The workspace at `root`, its settings read. Refused (2) where there is none."""
    if not (root / "mingzhang.toml").is_file():
        raise refuse(Exit.USAGE, "workspace.missing", str(root))
    workspace = Workspace(root)
    _ = workspace.settings
    return workspace


def encryption_key() -> str | None:
    """The key of the warehouse: `MINGZHANG_KEY`, else the first line of the file `MINGZHANG_KEY_FILE` names."""
    if key := os.environ.get("MINGZHANG_KEY"):
        return key
    path = os.environ.get("MINGZHANG_KEY_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(Exit.USAGE, "warehouse.key_file", path, detail=error) from error
