"""Failures of files, shares and networks by their names: which of them may pass is data (flows/retries.yaml)."""

from __future__ import annotations

import errno

import duckdb

DATABASE = "DATABASE"


def name_of_failure(error: BaseException) -> str | None:
    """The operating system's name of it (`EIO`), `DATABASE` for a file of DuckDB; None when it is no failure of IO."""
    if isinstance(error, duckdb.IOException):
        return DATABASE
    if not isinstance(error, OSError):
        return None
    if error.errno is not None:
        return errno.errorcode.get(error.errno)
    return "ETIMEDOUT" if isinstance(error, TimeoutError) else None
