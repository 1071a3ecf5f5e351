"""What the names of a document say of it: words of the data, the file before its folders, nothing when in doubt."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from tests.house.scan import ROOT
from tests.unit.parsed.making import lexicon, read, zipped
from transforms.parsed.filed import Filed, filed

PDF = b"%PDF-1.4\n"
KINDS: Mapping[str, list[str]] = {
    entry["document_kind"]: entry["synonyms"]
    for entry in yaml.safe_load((ROOT / "data/policy/document_words.yaml").read_text("utf-8"))["entries"]
}


def names(path: str, sender: str = "华容县总工会") -> Filed:
    return filed(f"{sender}/{path}" if sender else path, sender, lexicon()[2])


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind, words in KINDS.items() for word in words])
def test_every_word_of_the_data_says_its_kind(kind: str, word: str) -> None:
    made = names(f"张三{word}.pdf")
    assert (made.document_kind, made.said_by["document_kind"]) == (kind, f"file:{word}")


def test_no_word_is_claimed_by_two_kinds() -> None:
    words = [word for each in KINDS.values() for word in each]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("path", "kind", "by"),
    [
        ("张三 申请 书.pdf", "application", "file:申请书"),
        ("IMG_001.jpg", None, None),
        ("公示/IMG_001.jpg", "public_notice", "folder:公示"),
        ("公示/会议纪要/1.jpg", "minutes", "folder:会议纪要"),  # the innermost folder that says anything
        ("公示/会议纪要.jpg", "minutes", "file:会议纪要"),  # the file before its folders
        ("住院发票.jpg", "cause_proof", "file:住院发票"),  # the longer word, not 发票 in it
        ("批量代发回单.pdf", "payout_receipt", "file:代发回单"),
        ("ＰＤＦ１２　会议记录．pdf", "minutes", "file:会议记录"),
    ],
)
def test_kinds(path: str, kind: str | None, by: str | None) -> None:
    made = names(path)
    assert (made.document_kind, made.said_by.get("document_kind")) == (kind, by)


def test_two_kinds_in_one_name_are_none_and_told() -> None:
    made = names("公示/申请书和身份证.pdf")
    assert (made.document_kind, made.doubts) == (None, {"document_kind": "申请书、身份证"})


def test_source_year_and_day() -> None:
    made = names("2021年度/市财政、市总配套/第5次会议纪要2021年12月3日.pdf")
    assert (made.fund_source, made.budget_year, made.formed_on) == ("city_pool", 2021, dt.date(2021, 12, 3))
    assert made.said_by["fund_source"] == "folder:市财政市总配套"
    assert made.said_by["formed_on"] == "file:2021年12月3日"


@pytest.mark.parametrize(
    ("name", "day"),
    [("20211203", "2021-12-03"), ("2021-12-3", "2021-12-03"), ("2021.12.03", "2021-12-03"), ("20211303", None),
     ("430602202112031234", None), ("2021年12月", None), ("20211203和20211204", None)],
)  # fmt: skip
def test_days(name: str, day: str | None) -> None:
    made = names(f"{name}公示.pdf")
    assert (made.formed_on.isoformat() if made.formed_on else None) == day


def test_a_year_is_a_budget_year_only_when_it_says_so() -> None:
    assert names("2021年/会议纪要.pdf").budget_year is None
    assert names("2020年度至2021年度会议纪要.pdf").doubts == {"budget_year": "2020年度、2021年度"}


def test_paths_are_compared_whatever_their_writing() -> None:
    assert names("会议 记录/第５次.PDF").path_text == "会议记录/第5次.pdf"
    assert filed("a.zip!华容县/回单.pdf", "", lexicon()[2]).path_text == "a.zip/华容县/回单.pdf"
    assert names("岳工拨〔2021〕第12号.pdf").number_text == names("岳工拨[2021]12号.pdf").number_text


def said(made: Any) -> dict[str, Any]:
    [row] = made.contents.further["received.documents"].to_dicts()
    return row  # type: ignore[no-any-return]


def test_documents_are_filed_also_inside_an_archive() -> None:
    made = read(
        zipped({"会议纪要/1.pdf": PDF, "发票.jpg": b"\xff\xd8\xff\xe0"}), "华容县总工会/央财.zip", "华容县总工会"
    )
    inner = {each.source_file: said(each) for each in made.inner}
    assert [each.state for each in made.inner] == ["document", "document"]
    row = inner["华容县总工会/央财.zip!会议纪要/1.pdf"]
    assert (row["document_kind"], row["fund_source"], row["path_text"]) == (
        "minutes",
        "central",
        "央财.zip/会议纪要/1.pdf",
    )
    assert inner["华容县总工会/央财.zip!发票.jpg"]["document_kind"] == "invoice"


def test_what_is_no_document_is_not_filed() -> None:
    assert "received.documents" not in read(b"a,b\n1,2\n", "会议纪要.csv").contents.further
