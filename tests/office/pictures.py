"""Pictures of documents, as a reader sees them: `python -m tests.office.pictures OUT [REPORT.docx] [PAGE.html]`.

Makes OUT/report-page-N.png and OUT/dashboard.png, at most 200 KB each. Needs LibreOffice, poppler,
Chromium and Noto CJK.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_BYTES = 200_000
# The licensed fonts of official documents are the reader's; here the nearest free ones stand in for them.
STAND_INS = {
    "仿宋_GB2312": "Noto Serif CJK SC",
    "楷体_GB2312": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
)
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND"


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def to_pdf(document: Path, folder: Path) -> Path:
    """The document as LibreOffice prints it, with a profile of its own and the stand-in fonts."""
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{other}</family></prefer></alias>'
        for name, other in STAND_INS.items()
    )
    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>',
        "utf-8",
    )
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "pdf",
         "--outdir", folder, document],
        check=True, capture_output=True, timeout=120, env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8",
        "HOME": str(folder), "FONTCONFIG_FILE": str(fonts)},
    )  # fmt: skip
    return folder / f"{document.stem}.pdf"


def pages(pdf: Path, out: Path, *, dpi: int = 75) -> list[Path]:
    """One grey picture a page: report-page-1.png, …"""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-png", "-r", str(dpi), pdf, Path(folder) / "p"], check=True)
        found = sorted(Path(folder).glob("p-*.png"))
        return [Path(shutil.move(page, out / f"report-page-{n}.png")) for n, page in enumerate(found, 1)]


def screenshot(page: Path, picture: Path, *, width: int, height: int) -> str:
    """The page in headless Chromium with the network off; returns what the browser wrote on its console."""
    with tempfile.TemporaryDirectory() as profile:
        told = subprocess.run(
            [chromium() or "chromium", *CHROMIUM_FLAGS, OFFLINE, f"--user-data-dir={profile}",
             "--enable-logging=stderr", f"--window-size={width},{height}", f"--screenshot={picture}",
             page.resolve().as_uri()],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
    return "\n".join(line for line in told.stderr.splitlines() if "CONSOLE" in line)


def main(arguments: list[str]) -> None:
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    for given in map(Path, arguments[1:]):
        if given.suffix == ".html":
            made = [out / "dashboard.png"]
            screenshot(given, made[0], width=1000, height=1260)
        else:
            with tempfile.TemporaryDirectory() as folder:
                made = pages(to_pdf(given, Path(folder)), out)
        for picture in made:
            print(f"{picture}  {picture.stat().st_size // 1000} KB")
            if picture.stat().st_size > MOST_BYTES:
                raise SystemExit(f"{picture} is larger than {MOST_BYTES // 1000} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
