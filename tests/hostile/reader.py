"""Reads files, each in a child of its own that starts with everything imported; says what became of each, one a line.

`python -m tests.hostile.reader FOLDER`. What a child costs beyond this process is measured by the system.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.edges.reading import ReadFile
from tests.unit.parsed.making import lexicon, read

ADDRESS_SPACE = 4 * 2**30  # a belt; the test itself asks for far less
WAIT_SECONDS = 60


def told(made: ReadFile) -> dict[str, Any]:
    files = list(every(made))
    lists = [row for file in files for row in file.validated.get("rosters", _Nothing).to_dicts()]
    return {
        "states": sorted({file.state for file in files}),
        "why": [" ".join(map(str, row["args"])) for file in files for row in file.problems.to_dicts()],
        "names": [file.source_file for file in files],
        "rows": [{key: row[key] for key in ("name", "remark", "amount_yuan")} for row in lists],
    }


class _Nothing:
    @staticmethod
    def to_dicts() -> list[dict[str, Any]]:
        return []


def every(file: ReadFile) -> Sequence[ReadFile]:
    return [each for inner in file.inner for each in every(inner)] + [file]


def child(path: Path, out: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (WAIT_SECONDS, WAIT_SECONDS))
    try:
        said = told(read(path.read_bytes(), path.name))
    except BaseException as error:
        said = {"states": ["traceback"], "why": [repr(error)[:500]], "names": [], "rows": []}
    with os.fdopen(out, "w", encoding="utf-8", errors="backslashreplace") as pipe:
        json.dump(said, pipe)


def measured(path: Path) -> dict[str, Any]:
    begin, end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(begin)
        child(path, end)
        os._exit(0)
    os.close(end)
    with os.fdopen(begin, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(pid, 0)
    cost = {"seconds": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024, "status": status}
    return {"file": path.name, **(json.loads(said) if said else {"states": ["killed"]}), **cost}


if __name__ == "__main__":
    lexicon()
    for each in sorted(Path(sys.argv[1]).iterdir()):
        print(json.dumps(measured(each)), flush=True)
