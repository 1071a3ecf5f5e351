"""A long table is typed piece by piece, and again when it is stored: the same rows as if it were typed at once."""

from collections.abc import Iterable
from itertools import chain

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.edges.reading import ReadFile
from tests.unit.parsed.making import read, xlsx
from transforms import pieces
from transforms.validated import typed_pieces

PIECES = (1, 2, 5)
BANK = ["账号", "交易日期", "收入", "支出", "余额", "对方户名", "对方账号", "流水号", "摘要"]
ROSTER = ["姓名", "身份证号", "帮扶项目", "资金来源", "金额（元）", "银行卡号", "发放日期"]

accounts = st.sampled_from(["43001500000050001234", "43001500000050005678"])
days = st.sampled_from(["2021-01-05", "2021-03-09", "2021年4月", ""])
amounts = st.sampled_from(["100.00", "250.5", "一百", ""])
serials = st.sampled_from(["", "000000000017"])
lines = st.tuples(
    accounts, days, amounts, amounts, st.just("7.00"), st.just("王一"), st.just(""), serials, st.just("补助")
)
people = st.tuples(
    st.sampled_from(["王一", "李二", ""]),
    st.sampled_from(["430602196001011232", "43060219600101123"]),
    st.just("送温暖"), st.sampled_from(["省财", "不知道", ""]), amounts, st.just("6217001234567890123"), days,
)  # fmt: skip


def everything(file: ReadFile) -> dict[str, list[tuple[object, ...]]]:
    frames: Iterable[tuple[str, pl.DataFrame]] = [
        ("sheets", file.sheets), ("raw", file.contents.raw_rows.whole()), ("versions", file.versions),
        ("problems", file.problems), ("periods", file.statement_periods), ("totals", file.control_totals),
    ]  # fmt: skip
    return {name: frame.rows() for name, frame in chain(frames, file.validated.items())}


def in_pieces_of(rows: int, content: bytes, patch: pytest.MonkeyPatch) -> dict[str, list[tuple[object, ...]]]:
    with patch.context() as held:
        held.setattr(pieces, "PIECE", rows)
        held.setattr(typed_pieces, "_HELD", 0)
        return everything(read(content))


@settings(max_examples=15, deadline=None)
@given(st.lists(lines, min_size=1, max_size=12), st.lists(people, min_size=1, max_size=12))
def test_the_same_in_pieces_of_any_length(bank: list[tuple[str, ...]], roster: list[tuple[str, ...]]) -> None:
    content = xlsx({"流水": [BANK, *bank], "名单": [["发放日期：8月中旬"], ROSTER, *roster]})
    with pytest.MonkeyPatch.context() as patch:
        expected = everything(read(content))
        for rows in PIECES:
            assert in_pieces_of(rows, content, patch) == expected


def test_pieces_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    line = ["43001500000050001234", "2021-01-05", "100.00", "", "7.00", "王一", "", "", "补助"]
    content = xlsx({"流水": [BANK, line, line, line]})
    monkeypatch.setattr(pieces, "PIECE", 2)
    file = read(content)
    assert [frame.height for frame, _ in file.contents.facts["bank_statements"]] == [2, 1]
    assert sorted(file.validated["bank_statements"]["occurrence"]) == [1, 2, 3]
