"""docs/dictionary is what contracts, fields and rules say. Stale: `python -m expectations.dictionary`."""

from pathlib import Path

import yaml

from expectations.dictionary import PAGES, pages, write
from expectations.rulebook import OFFENCE_COLUMNS, RULES, SUBJECT_COLUMNS, load_rules
from tests.house.scan import ROOT, assert_clean

FORBIDDEN = ("违规", "系统性", "截止到", "警告", "红牌")


def stale(folder: Path) -> list[str]:
    made = pages()
    there = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}
    changed = [f"{name} is stale" for name, text in made.items() if there.get(name) != text]
    return changed + [f"{name} is made by nothing" for name in sorted(there.keys() - made.keys())]


def test_the_dictionary_is_fresh() -> None:
    assert_clean(pages(), stale(PAGES))


def test_the_check_can_fail(tmp_path: Path) -> None:
    write(tmp_path)
    assert stale(tmp_path) == []
    (tmp_path / "rules.md").write_text("old", "utf-8")
    (tmp_path / "gone.md").write_text("old", "utf-8")
    assert stale(tmp_path) == ["rules.md is stale", "gone.md is made by nothing"]
    write(tmp_path)
    assert stale(tmp_path) == []


def test_every_rule_has_its_three_files_and_nothing_lies_beside() -> None:
    names = {rule.name for rule in load_rules()}
    wanted = {f"{name}{suffix}" for name in names for suffix in (".yaml", ".sql", ".subjects.sql")}
    assert_clean(names, sorted({path.name for path in RULES.glob("*.*")} ^ wanted))


def test_every_rule_gives_the_columns_of_the_house() -> None:
    """By name and order, as the last SELECT writes them; the reader of the SQL needs no other key."""
    import sqlglot

    wrong = []
    for rule in load_rules():
        for sql, columns in ((rule.sql, OFFENCE_COLUMNS), (rule.subjects_sql, SUBJECT_COLUMNS)):
            if tuple(sqlglot.parse_one(sql, dialect="duckdb").named_selects) != columns:
                wrong.append(f"{rule.name}: {sqlglot.parse_one(sql, dialect='duckdb').named_selects}")
    assert_clean(load_rules(), wrong)


def test_every_rule_is_listed_in_the_policy() -> None:
    stated = yaml.safe_load((ROOT / "data/policy/rule_modes.yaml").read_text("utf-8"))["entries"]
    listed = {entry["rule_id"] for entry in stated if entry["unit_code"] is None}
    unlisted = [rule.rule for rule in load_rules() if not {rule.rule, rule.rule[:1]} & listed]
    assert_clean(load_rules(), unlisted)


def test_sentences_keep_to_the_words_of_the_house() -> None:
    said = [
        (rule.name, text)
        for rule in load_rules()
        for detail in rule.details.values()
        for text in (detail.zh, detail.way_out_zh)
    ]
    wrong = [f"{name}: {text}" for name, text in said if any(word in text for word in FORBIDDEN) or text.endswith("。")]
    assert_clean(said, wrong)
