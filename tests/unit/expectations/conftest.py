from collections.abc import Iterator

import duckdb
import pytest

from tests.unit.expectations.books import Books


@pytest.fixture
def books() -> Iterator[Books]:
    with duckdb.connect(":memory:") as connection:
        yield Books(connection)
