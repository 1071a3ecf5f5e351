"""What a YAML file says. Read by libyaml: the loader written in Python takes six times as long, for a hundred files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read_yaml(path: Path) -> Any:
    """The document of a file, None where nothing stands in it. Raises yaml.YAMLError, UnicodeDecodeError, OSError."""
    return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.CSafeLoader)
