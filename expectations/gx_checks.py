"""The few expectations of Great Expectations that are used here, under short names. Importing this costs seconds."""

from __future__ import annotations

from collections.abc import Sequence

from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_be_unique import ExpectColumnValuesToBeUnique
from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull
from great_expectations.expectations.core.expect_compound_columns_to_be_unique import ExpectCompoundColumnsToBeUnique
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation


def not_null(column: str) -> Expectation:
    """Every row has a value there."""
    return ExpectColumnValuesToNotBeNull(column=column)


def unique(columns: Sequence[str]) -> Expectation:
    """No two rows agree in these columns."""
    if len(columns) == 1:
        return ExpectColumnValuesToBeUnique(column=columns[0])
    return ExpectCompoundColumnsToBeUnique(column_list=list(columns))


def in_set(column: str, codes: Sequence[str]) -> Expectation:
    """Every value is one of these codes."""
    return ExpectColumnValuesToBeInSet(column=column, value_set=list(codes))


def no_rows(sql: str) -> Expectation:
    """The query finds nothing. Braces would be read as placeholders; our SQL names its tables itself and needs none."""
    return UnexpectedRowsExpectation(unexpected_rows_query=sql.replace("{", "{{").replace("}", "}}"))
