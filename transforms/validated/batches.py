"""Numbers for batches that came without one."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from transforms.parsed.recognised import Table
from transforms.validated.draft import Reading
from transforms.words import joined

PREFIX, DIGITS = "ZB-", 10
_UNTELLING = re.compile(r"^(sheet|工作表|表)\d*$", re.IGNORECASE)


def issued_batch_no(table: Table, reading: Reading, parts: tuple[Any, ...]) -> str:
    """The number of a batch that has none: made of what the list says of itself, so that the list sent again,
    extended or re-sorted, is the same batch. The file's name counts only where
    neither title nor sheet name tells anything.
    """
    title, sheet = joined(table.above.title), joined(table.told_sheet)
    telling = title or ("" if _UNTELLING.match(sheet) else sheet)
    name = "" if telling else reading.stem
    whose = table.said_unit(reading.folder_unit) or reading.folder_unit or ""
    text = "\x1f".join((whose, title, sheet, name, *(str(part) if part is not None else "" for part in parts)))
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:DIGITS].upper()
