"""A column of keys is the key of each of its cells, whether all differ, some repeat, or one is written otherwise."""

import pytest

from tests.unit.parsed.making import KEY, read, rows, xlsx
from transforms.validated.keys import Keys

FIRST, SECOND, THIRD = "6217001234567890123", "6217009876543210987", "6222020000112233445"
HEADER = ["姓名", "身份证号", "帮扶项目", "资金来源", "金额（元）", "银行卡号"]


@pytest.mark.parametrize(
    "cards",
    [
        [FIRST, SECOND, THIRD],
        [FIRST, "", SECOND, THIRD],
        [FIRST, FIRST, FIRST, SECOND],
        [FIRST, "", FIRST, FIRST, "6222 0200 0011 2233 445"],
        ["", ""],
    ],
)
def test_a_column_of_keys_is_the_key_of_each_cell(cards: list[str]) -> None:
    grid = [HEADER, *(["王一", "430602196001011232", "送温暖", "省财", "100", card] for card in cards)]
    keys = Keys(KEY)
    made = rows(read(xlsx({"名单": grid})), "rosters")
    assert [row["card_key"] for row in made] == [keys.digits(card.replace(" ", "")) for card in cards]
