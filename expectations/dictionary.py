"""Contracts, fields and rules → the pages of docs/dictionary. `python -m expectations.dictionary` writes them anew.

tests/house/test_docs_fresh.py fails while a page is not what this module makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from expectations.contracts import CONTRACTS, Column, Contract, Field, load_contracts, load_fields
from expectations.rulebook import Rule, load_rules
from expectations.yaml_files import read_yaml

PAGES = Path(__file__).parents[1] / "docs" / "dictionary"
MADE = "<!-- 由 python -m expectations.dictionary 生成，请改合约、栏目或规则，不改本页。 -->\n"

SEVERITIES = {"reject": "退回补正", "error": "须整改", "warn": "请核实", "info": "提示"}
MASKS = {"none": "", "name": "姓名", "id": "身份证号", "card": "卡号账号", "text": "不外传"}
EVIDENCE = {
    "seed": "见于种子报告",
    "read": "已读",
    "practice": "见于实务",
    "contract": "见于合同",
    "recalled": "未见原文",
}
REQUIRED = {"true": "必填", "error": "应填", "conditional": "适用时必填", "false": ""}


def pages() -> Mapping[str, str]:
    """Every page by its path below docs/dictionary."""
    made = {f"validated/{kind}.md": _kind_page(contract) for kind, contract in load_contracts().items()}
    marts = {path.stem: read_yaml(path) for path in sorted((CONTRACTS / "marts").glob("*.yaml"))}
    made |= {f"marts/{name}.md": _mart_page(name, mart) for name, mart in marts.items()}
    made["rules.md"] = _rules_page(load_rules())
    made["README.md"] = _index(load_contracts(), marts, load_rules())
    return {path: f"{text.rstrip()}\n" for path, text in made.items()}


def write(folder: Path = PAGES) -> None:
    """Write all pages, and remove those that nothing makes any more."""
    made = pages()
    for path in sorted(folder.rglob("*.md")):
        if path.relative_to(folder).as_posix() not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    body = [" | ".join(cell.replace("|", "\\|").replace("\n", " ").strip() for cell in line) for line in lines]
    rows = [" | ".join(heads), " | ".join("---" for _ in heads), *body]
    return "\n".join(f"| {row} |" for row in rows) + "\n"


def _kind_page(contract: Contract) -> str:
    own = [_column_line(column) for column in contract.columns]
    heads = ("栏目", "标识", "类型", "要求", "含义", "来表中的其他叫法", "脱敏")
    parts = [
        f"# {contract.title_zh}\n\n{MADE}\n`validated.{contract.kind}`：{contract.grain_zh}。",
        f"键：{'、'.join(f'`{term}`' for term in contract.key)}。{_replacing(contract)}",
        _table(heads, own),
    ]
    if contract.ignored:
        parts.append(f"认得而不使用的栏目：{'、'.join(contract.ignored)}。")
    return "\n\n".join(parts)


def _replacing(contract: Contract) -> str:
    if not contract.replaces:
        return "后来的文件逐行取代同键的行。"
    return f"后来的文件按 {'、'.join(f'`{name}`' for name in contract.replaces)} 整体取代。"


def _column_line(column: Column) -> tuple[str, ...]:
    required = "由程序得出" if column.derived else REQUIRED[column.required]
    return (*_field_cells(column.field), required, _meaning(column.field), "、".join(column.field.synonyms),
            MASKS[column.field.mask])  # fmt: skip


def _field_cells(field: Field) -> tuple[str, str, str]:
    return field.label_zh, f"`{field.id}`", field.sql_type + (f"（{field.domain}）" if field.domain else "")


def _meaning(field: Field) -> str:
    return field.meaning_zh + (f"（{field.unit}）" if field.unit else "")


def _mart_page(name: str, mart: Mapping[str, Any]) -> str:
    fields = load_fields()
    lines = []
    for column, entry in mart["columns"].items():
        field = fields[(entry or {}).get("field", column)]
        label, _, sql_type = _field_cells(field)
        meaning = (entry or {}).get("comment_zh") or _meaning(field)
        lines.append((label, f"`{column}`", sql_type, meaning, MASKS[field.mask]))
    return (
        f"# {mart['title_zh']}\n\n{MADE}\n`marts.{name}`：{mart['comment_zh']}\n\n"
        f"每行由 {'、'.join(f'`{column}`' for column in mart['grain'])} 确定。\n\n"
        + _table(("栏目", "标识", "类型", "含义", "脱敏"), lines)
    )


def _rules_page(rules: Sequence[Rule]) -> str:
    parts = [
        f"# 规则\n\n{MADE}\n每条规则一对文件：`expectations/rules/<编号>_<名称>.sql` 选出有疑点的对象，"
        "`.yaml` 载明说法、办法、依据、级别，`.subjects.sql` 数出判断了多少、未判断多少。未判断不等于通过。"
        "规则是否启用见 `data/policy/rule_modes.yaml`；未确认的规则与参数只作提示。"
    ]
    return "\n\n".join([*parts, *(_rule_part(rule) for rule in rules)])


def _rule_part(rule: Rule) -> str:
    is_dated = rule.applies_from or rule.applies_to
    dates = f"适用：{rule.applies_from or '—'} 至 {rule.applies_to or '—'}。" if is_dated else ""
    kind, _, source = rule.article.evidence.partition(": ")
    evidence = "：".join(text for text in (EVIDENCE[kind], source) if text)
    details = [
        (f"`{rule.published_id(name)}`" if name != "*" else "其他 `S.…`", detail.label_zh, SEVERITIES[detail.severity],
         detail.zh, detail.way_out_zh)
        for name, detail in rule.details.items()
    ]  # fmt: skip
    missing = "".join(f"\n- `{name}`：{words.zh}" for name, words in rule.inputs.items())
    return (
        f"## {rule.rule} {rule.title_zh}\n\n判断对象：{rule.subject_zh}。\n\n依据：{rule.article.zh}。{evidence}；"
        f"{'已确认' if rule.confirmed else '未确认，只作提示'}。{dates}\n\n"
        + _table(("编号", "情形", "级别", "说法", "办法"), details)
        + (f"\n缺少下列资料时不判断：\n{missing}\n" if missing else "")
    )


def _index(contracts: Mapping[str, Contract], marts: Mapping[str, Any], rules: Sequence[Rule]) -> str:
    kinds = [
        (f"[{c.title_zh}](validated/{kind}.md)", f"`validated.{kind}`", c.grain_zh) for kind, c in contracts.items()
    ]
    tables = [(f"[{m['title_zh']}](marts/{name}.md)", f"`marts.{name}`", m["comment_zh"]) for name, m in marts.items()]
    listed = [(f"[{rule.rule}](rules.md)", rule.title_zh, rule.subject_zh) for rule in rules]
    return (
        f"# 数据字典\n\n{MADE}\n## 收到的表\n\n{_table(('表', '地址', '每行是什么'), kinds)}\n"
        f"## 分析用的表\n\n{_table(('表', '地址', '内容'), tables)}\n"
        f"## 规则\n\n{_table(('编号', '名称', '判断对象'), listed)}"
    )


if __name__ == "__main__":
    write()
