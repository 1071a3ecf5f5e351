"""From figures and template to the blocks of the report: headings numbered, sentences chosen, tables filled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reports.annual.inputs import AnnualInputs
from reports.annual.story import said, story
from reports.annual.tables import Table, table
from reports.narrative import Said
from reports.printing import environment

DIGITS = "〇一二三四五六七八九十"


@dataclass(frozen=True)
class Heading:
    """A heading with its number: 一、 （一） 1. （1） for levels 1 to 4."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `source`: from figures, from the department, or still to be written."""

    text: str
    source: str = "figures"


@dataclass(frozen=True)
class Picture:
    """The place of a chart."""

    name: str


Block = Heading | Paragraph | Picture | Table


def blocks(inputs: AnnualInputs) -> list[Block]:
    """The body of the report, top to bottom. Grain: one block a paragraph, heading, table, picture."""
    told = story(inputs)
    written = environment("reports.annual", autoescape=False).get_template("report.j2").render(t=told)
    return list(_parsed(written, told, said(inputs, told)))


def _parsed(written: str, told: Mapping[str, Any], paragraphs: Mapping[str, list[Said]]) -> Iterator[Block]:
    counters = [0, 0, 0, 0]
    for line in filter(None, (line.strip() for line in written.splitlines())):
        mark, _, rest = line.partition(" ")
        if mark.strip("#") == "":
            yield Heading(len(mark), _number(counters, len(mark)) + rest)
        elif mark == "::said":
            for one in paragraphs[rest]:
                yield Paragraph(one.text, "placeholder" if one.is_placeholder else "department")
        elif mark == "::table":
            yield table(rest, told)
        elif mark == "::picture":
            yield Picture(rest)
        else:
            yield Paragraph(line)


def _number(counters: list[int], level: int) -> str:
    """Count on at this level, begin anew below it."""
    counters[level - 1] += 1
    counters[level:] = [0] * (len(counters) - level)
    n = counters[level - 1]
    return (f"{_chinese(n)}、", f"（{_chinese(n)}）", f"{n}.", f"（{n}）")[level - 1]


def _chinese(n: int) -> str:
    """1 to 19; a report with more sections than that is no report."""
    return DIGITS[n] if n <= 10 else f"十{DIGITS[n - 10]}"


def plain_text(inputs: AnnualInputs) -> str:
    """The report as text, one block a line, tables as rows with bars: for comparison, not for readers."""
    return "\n".join(line for block in blocks(inputs) for line in _lines(block)) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield f"[{block.title}] {block.unit}"
            yield " | ".join(column.head for column in block.columns)
            yield from (" | ".join(line) for line in block.lines)
        case Picture():
            yield f"[图 {block.name}]"
        case Heading():
            yield f"{'#' * block.level} {block.text}"
        case Paragraph():
            yield block.text
