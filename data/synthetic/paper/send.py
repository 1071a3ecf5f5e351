"""Documents → files in a folder as it is received, archives included."""

from collections.abc import Iterable
from pathlib import Path

from data.synthetic.paper.document import Document
from data.synthetic.paper.write import gbk_zip


def send(documents: Iterable[Document], inbox: Path) -> int:
    """Write all files; answers how many. Documents of one archive follow each other or not, as they like."""
    archives: dict[Path, dict[str, bytes]] = {}
    count = 0
    for document in documents:
        folder = inbox / document.folder
        folder.mkdir(parents=True, exist_ok=True)
        if document.archive:
            archives.setdefault(folder / f"{document.archive}.zip", {})[document.file_name] = document.content()
        else:
            (folder / document.file_name).write_bytes(document.content())
            count += 1
    for path, files in archives.items():
        path.write_bytes(gbk_zip(files))
    return count + len(archives)
