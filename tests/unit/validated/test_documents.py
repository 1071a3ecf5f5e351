"""资料目录表: lists, folders, pools with 、 in their name, and what cannot be read."""

from typing import Any

import pytest

from tests.unit.parsed.making import findings, read, rows, xlsx

HEAD = ["资料类型", "文件名", "资金来源", "通知单号", "批次号", "档案编号", "页数", "金额合计", "人数"]


def catalogue(*lines: list[Any], name: str = "华容县总工会/二〇二一/资料目录.xlsx") -> Any:
    return read(xlsx({"目录1": [HEAD, *lines]}), name, "华容县总工会")


def test_lists_are_separated_by_commas_of_any_kind() -> None:
    made = catalogue(["会议纪要", "a.pdf", "央财、省财", "N1, N2", "P1；P2、P1", "H1", 3, "1,000.00元", "12人"])
    [row] = rows(made, "documents")
    assert (row["document_kind"], row["fund_sources"]) == ("minutes", "central、provincial")
    assert (row["notice_nos"], row["batch_nos"], row["file_nos"]) == ("N1、N2", "P1、P2", "H1")
    assert (row["page_count"], row["amount_yuan"], row["person_count"]) == (3, "1000.00", 12)
    assert row["is_reviewed"] is False
    assert findings(made) == []


def test_a_pool_may_have_the_separator_in_its_name() -> None:
    first, second = rows(catalogue(["公示", "a", "市财政、市总配套"], ["公示", "b", "市财政、央财"]), "documents")
    assert (first["fund_sources"], second["fund_sources"]) == ("city_pool", "city_fiscal、central")


@pytest.mark.parametrize(
    ("written", "folder", "name", "path"),
    [
        ("A 1.pdf", "二〇二一", "A 1.pdf", "二〇二一/a1.pdf"),  # a bare name lies where the table lies
        ("会议记录/a.pdf", "会议记录", "a.pdf", "会议记录/a.pdf"),
        ("会议记录\\a.pdf", "会议记录", "a.pdf", "会议记录/a.pdf"),
        ("华容县总工会/会议记录/a.pdf", "会议记录", "a.pdf", "会议记录/a.pdf"),
    ],
)
def test_folder_and_name(written: str, folder: str, name: str, path: str) -> None:
    [row] = rows(catalogue(["公示", written]), "documents")
    assert (row["folder"], row["file_name"], row["path_text"]) == (folder, name, path)


def test_the_key_is_folder_and_name() -> None:
    key = [
        catalogue(["公示", "x.pdf", "央财"], name=f"华容县总工会/{folder}/{stem}.xlsx").versions["fact_key"][0]
        for folder, stem in (("一", "资料目录"), ("一", "新的资料目录"), ("二", "资料目录"))
    ]
    assert key[0] == key[1] != key[2]


def test_what_cannot_be_read() -> None:
    made = catalogue(["公示", "a.pdf", "某基金、央财"], ["", "b.pdf"], ["公示", ""], ["奖状", "c.pdf"])
    assert findings(made) == [
        ("S.enum", "reject", 2, "fund_sources"),
        ("S.missing_value", "reject", 3, "document_kind"),
        ("S.missing_value", "reject", 4, "file_name"),
        ("S.enum", "error", 5, "document_kind"),
    ]
