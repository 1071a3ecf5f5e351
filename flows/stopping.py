"""A run that was asked to stop: the file at hand is received whole, the rest is left to the next run."""

from __future__ import annotations

import threading

_asked = threading.Event()


def stop() -> None:
    """Ask whatever runs in this process to stop after the file at hand."""
    _asked.set()


def is_asked() -> bool:
    """Whether somebody has asked."""
    return _asked.is_set()


def wait(seconds: float) -> bool:
    """Wait that long, or until somebody asks; whether somebody has."""
    return _asked.wait(seconds)
