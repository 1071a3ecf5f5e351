"""What an honest office may expect of the product: no reproach, and the same figures as if it were tidy."""

from __future__ import annotations

from pathlib import Path

from tests.support import truth

PAYMENTS_PER_WARNING = 100
COUNTY_SOURCES = ("county_fiscal", "county_union_match")


def reproaches(workspace: Path) -> list[str]:
    """Everything that an honest year must not hear: reject, error, too many warnings, lines that nothing explains."""
    found = truth.warehouse_rows(workspace, "SELECT rule_id, severity, message_zh FROM judged.findings")
    said = [f"{row['severity']} {row['rule_id']}: {row['message_zh']}" for row in found]
    warnings = [text for text in said if text.startswith("warn")]
    payments = truth.warehouse_rows(workspace, "SELECT COUNT(*) AS n FROM matched.payments")[0]["n"]
    unclear = truth.warehouse_rows(
        workspace,
        "SELECT source_file, row_no, classification FROM matched.bank_lines"
        " WHERE classification IN ('unexplained', 'ambiguous')",
    )
    return (
        [text for text in said if text.startswith(("reject", "error"))]
        + (warnings if len(warnings) * PAYMENTS_PER_WARNING > payments else [])
        + [f"{row['classification']}: {row['source_file']} {row['row_no']}" for row in unclear]
    )


def differences(workspace: Path, year: int) -> list[str]:
    """Statuses, classes, households and figures against the oracle."""
    return [
        *truth.payment_differences(workspace),
        *truth.bank_line_differences(workspace),
        *truth.household_differences(workspace, year),
        *truth.figure_differences(workspace),
        *truth.source_differences(workspace),
    ]


def figures_besides_the_counties_own(workspace: Path) -> list[tuple[str, ...]]:
    """The figures of the truth, without what counties add of their own money."""
    rows = truth.truth(workspace, "figures")
    return sorted(tuple(row.values()) for row in rows if row["fund_source"] not in COUNTY_SOURCES)
