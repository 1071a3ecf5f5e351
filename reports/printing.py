"""How values look on paper. Looks only: amounts arrive rounded from SQL, and no digit is changed here."""

from datetime import date
from decimal import Decimal

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

NOT_APPLICABLE = "—"


def shown(value: object) -> str:
    """A value as tables print it: 万元 with its two decimals, 「—」 where nothing applies."""
    if value is None:
        return NOT_APPLICABLE
    if isinstance(value, str):
        return value  # as it is: markup stays markup
    if isinstance(value, date):
        return zh_date(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace("-", "−")
    return str(value)


def brief(value: object) -> str:
    """As a sentence says it: 370, not 370.00; 273.79 stays."""
    return shown(value).removesuffix(".00")


def zh_date(value: object) -> str:
    """2022年1月31日: Arabic digits, no leading zeros (GB/T 9704)."""
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else NOT_APPLICABLE


def zh_day(value: object) -> str:
    """12月31日, where the year has just been named."""
    return f"{value.month}月{value.day}日" if isinstance(value, date) else NOT_APPLICABLE


def listed(words: list[str]) -> str:
    """甲、乙和丙."""
    if len(words) < 2:
        return "".join(words)
    return "、".join(words[:-1]) + "和" + words[-1]


def environment(package: str, *, autoescape: bool) -> Environment:
    """The templates of one document. An unknown name stops the rendering: a document with a hole is not handed out."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(brief=brief, date=zh_date, day=zh_day)
    return made


def department_environment() -> SandboxedEnvironment:
    """For paragraphs that a department writes: data in, words out, nothing else in reach."""
    return SandboxedEnvironment(undefined=StrictUndefined)
