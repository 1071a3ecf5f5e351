"""Documents → files in `inbox/`, archives included."""

from collections.abc import Iterable
from pathlib import Path

from data.synthetic.paper.table import Document
from data.synthetic.paper.write import gbk_csv, gbk_zip, too_long_for_xls, xls, xlsx


def send(documents: Iterable[Document], inbox: Path) -> int:
    """Write all files; answers how many. Documents of one archive follow each other or not, as they like."""
    archives: dict[Path, dict[str, bytes]] = {}
    count = 0
    for document in documents:
        folder = inbox / document.folder
        folder.mkdir(parents=True, exist_ok=True)
        name, content = encoded(document)
        if document.archive:
            archives.setdefault(folder / f"{document.archive}.zip", {})[name] = content
        else:
            (folder / name).write_bytes(content)
            count += 1
    for path, files in archives.items():
        path.write_bytes(gbk_zip(files))
    return count + len(archives)


def encoded(document: Document) -> tuple[str, bytes]:
    """File name and bytes; a workbook too long for the old format becomes one of today."""
    sheets = document.sheets
    kind = "xlsx" if document.format == "xls" and too_long_for_xls(sheets) else document.format
    if kind == "csv":
        return f"{document.stem}.csv", gbk_csv(sheets[0])
    return f"{document.stem}.{kind}", (xls if kind == "xls" else xlsx)(sheets)
