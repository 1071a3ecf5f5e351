"""The workspace around the files: settings, and the published key of samples."""

import hashlib
from pathlib import Path

from data.synthetic.knowledge import STORY

PUBLISHED_KEY_TEXT = "mingzhang published test key"  # protects nothing: everybody may know it


def write_settings(out: Path) -> None:
    """`mingzhang.toml`, what the federation decided for itself in `policy/`, and the folder of a second delivery."""
    (out / "mingzhang.toml").write_bytes((STORY / "mingzhang.toml").read_bytes())
    (out / "policy").mkdir()
    key = hashlib.sha256(PUBLISHED_KEY_TEXT.encode()).hexdigest()
    (out / "policy" / "household.key").write_text(key, "ascii")
    (out / "policy" / "rule_modes.yaml").write_bytes((STORY / "rule_modes.yaml").read_bytes())
    (out / "corrections").mkdir()
