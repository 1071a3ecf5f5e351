"""Which received file people mean: by its path, its name as told, its SHA-256, or the workbook that went back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from flows.edges.evidence import sha256_of
from flows.edges.returned.asked import PREFIX
from flows.edges.warehouse import Warehouse
from flows.problems import Exit, Refusal, refuse

_SHA = re.compile(r"[0-9a-f]{6,64}")
_WENT_BACK = re.compile(rf"{PREFIX}.+_([0-9a-f]{{6}})\.xlsx")
_SHOWN = 8
_KNOWN = (
    "SELECT receipt_id, sha256, source_file, sender, ingest_no, received_at, state FROM received.receipts AS r WHERE "
)
_IN_ORDER = " ORDER BY ingest_no, source_file, receipt_id"


@dataclass(frozen=True)
class KnownFile:
    """A received file, as its receipt has it. `state`: accepted, unreadable, refused, document."""

    receipt_id: str
    sha256: str
    source_file: str
    sender: str
    ingest_no: int
    received_at: datetime
    state: str

    @property
    def told(self) -> str:
        """Name, number and day, enough to choose by."""
        return f"{self.source_file}（{self.sha256[:6]}，{self.received_at:%Y-%m-%d}）"


def received_file(warehouse: Warehouse, text: str) -> KnownFile:
    """The one file that is meant. Refused (2) where none or several are, with those that may be meant."""
    found = candidates(warehouse, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise refuse(Exit.USAGE, "usage.which_file", value=text, known=_listed(found))
    raise unknown_file(warehouse, text)


def unknown_file(warehouse: Warehouse, text: str) -> Refusal:
    """Nothing received has this name; what sounds like it."""
    stem = PurePosixPath(_last_part(text)).stem
    near = _known(warehouse, "contains(lower(source_file), lower(?))", [stem]) if stem else []
    if not near:
        return refuse(Exit.USAGE, "usage.unknown_file", value=text)
    return refuse(Exit.USAGE, "usage.which_file", value=text, known=_listed(near))


def candidates(warehouse: Warehouse, text: str) -> list[KnownFile]:
    """Every file that may be meant: by the surest way to name one that finds any."""
    inbox = warehouse.workspace.inbox
    went_back = _WENT_BACK.fullmatch(_last_part(text))
    ways: list[tuple[str, Sequence[object]]] = [
        ("list_contains(?, sha256)", [list(_hashes(text, inbox))]),
        ("list_contains(?, source_file)", [list(_names(text, inbox))]),
        ("regexp_extract(source_file, '[^/!]*$') = ?", [_last_part(text)]),
    ]
    if _SHA.fullmatch(text.lower()):
        ways.append(("starts_with(sha256, ?)", [text.lower()]))
    if went_back:
        ways.append(("starts_with(sha256, ?)", [went_back[1]]))
    return next((found for way, given in ways if (found := _known(warehouse, way, given))), [])


def with_members(warehouse: Warehouse, file: KnownFile) -> list[KnownFile]:
    """The file; an archive with everything that came in it."""
    inside = "starts_with(source_file, ? || '!') AND ingest_no = ?"
    return [file, *_known(warehouse, inside, [file.source_file, file.ingest_no])]


def known_files(warehouse: Warehouse, receipt_ids: Sequence[str]) -> list[KnownFile]:
    """The files of these receipts, in the order in which they came."""
    return _known(warehouse, "list_contains(?, receipt_id)", [list(receipt_ids)])


def _known(warehouse: Warehouse, condition: str, given: Sequence[object]) -> list[KnownFile]:
    return [KnownFile(*row) for row in warehouse.rows(f"{_KNOWN}{condition}{_IN_ORDER}", given)]


def path_of(text: str, inbox: Path) -> Path | None:
    """The file that lies there now, from here or in the inbox."""
    return next((path for path in (Path(text), inbox / text) if path.is_file()), None)


def _hashes(text: str, inbox: Path) -> Iterator[str]:
    """Of the bytes that lie there now."""
    path = path_of(text, inbox)
    if path is not None:
        yield sha256_of(path.read_bytes())


def _names(text: str, inbox: Path) -> Iterator[str]:
    """The text itself, and as a path its place in the inbox, also of what was removed there or lies in an archive."""
    yield text
    path = Path(text).absolute()
    if path.is_relative_to(inbox.absolute()):
        yield path.relative_to(inbox.absolute()).as_posix()


def _last_part(text: str) -> str:
    return re.split(r"[/!]", text)[-1]


def _listed(files: Sequence[KnownFile]) -> str:
    more = f" … {len(files)}" if len(files) > _SHOWN else ""
    return "、".join(file.told for file in files[-_SHOWN:]) + more
