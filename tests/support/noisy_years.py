"""A year of a federation as facts for the passes, made from its own story, so that what is true is known.

What may happen in it is in tests/support/year_story.py: all of it can be told apart by what is within the windows, to
the fen. What cannot, is planted and named in tests/support/planted.py.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from tests.spec.harness import Row
from tests.support.matching import DAY, account, line, together
from tests.support.noisy_bank import Bank, Party, Truth

SOURCES = ("central", "provincial", "city_fiscal", "donation")
CATEGORIES = ("living_aid", "medical_aid", "education_aid")
SURNAMES, GIVEN = "张陈刘杨赵李王周吴徐孙胡朱高林何郭马罗梁", "国华建军红梅秀英丽伟芳敏静强磊洋艳勇杰娟涛超明霞平刚"
TREASURY = Party("岳阳市财政局国库股", "1001", "treasury", is_shown=True)
SUPERIOR = Party("湖南省总工会机关", "1002", "superior", is_shown=True)


class Year:
    """One federation and year; `name` keeps its units apart from those of other years of one run."""

    def __init__(self, name: str, seed: int, level: int) -> None:
        self.name, self.level = name, level
        self.chance = Random(seed * 10 + level)
        self.bank = Bank(level, self.chance)
        self.units = [f"{name}{letter}" for letter in "cuvw"]
        self.facts: dict[str, list[Row]] = together(
            *(account(unit) for unit in self.units), *(account(unit, "g", "basic") for unit in self.units[2:])
        )
        self.facts["facts.accounts"] = [self._called(row) for row in self.facts["facts.accounts"]]
        self.accounts = {str(row["account_key"]): row for row in self.facts["facts.accounts"]}
        self.facts |= {"facts.units": [{"unit_code": unit, "unit_name": self.called(unit)} for unit in self.units]}
        for address in ("matched.payment_lines", "facts.payouts", "facts.arrivals", "facts.allotments"):
            self.facts[address] = []
        self._people = self._lists = self._sums = 0

    @property
    def truth(self) -> Truth:
        return self.bank.truth

    def called(self, unit: str) -> str:
        return f"{self.name}{dict(zip('cuvw', ('市总', '君山区', '华容县', '平江县'), strict=True))[unit[-1]]}总工会"

    def _called(self, row: Row) -> Row:
        unit, kind = str(row["unit_code"]), str(row["account_key"])[-1]
        digits = f"{'cuvw'.index(unit[-1])}{'ag'.index(kind)}"
        return {**row, "account_name": self.called(unit), "account_no": f"430600{digits}", "fund_source": None}

    def special(self, unit: str) -> Row:
        return self.accounts[f"{unit}.a"]

    def party(self, row: Row) -> Party:
        """One of our own units, as it stands on the statement of another."""
        return Party(str(row["account_name"]), str(row["account_no"]), str(row["account_key"]))

    def person(self, name: str | None = None) -> Party:
        """Somebody with a card of his own: its last digits are nobody else's."""
        self._people += 1
        n = self._people
        plain = SURNAMES[n % 20] + GIVEN[n // 20 % 26] + GIVEN[n // 520 % 26]
        return Party(name or plain, f"621700{n:08}", f"{self.name}k{n}")

    def odd(self, about: int) -> int:
        """A sum that no other has: what is equal is equal on purpose."""
        self._sums += 1
        return about * 1000 + self._sums

    def state(self, unit: str, day: int, lines: list[tuple[Party, int]], **stated: Any) -> list[str]:
        """A list of payments; the ids of its lines."""
        self._lists += 1
        number = f"{self.name}-{self._lists:04}号"
        given = {"aid_category": self.chance.choice(CATEGORIES), "source": self.chance.choice(SOURCES), **stated}
        rows = [
            line(
                len(self.facts["matched.payment_lines"]) + n, payee=0, amount=amount, day=day, batch_no=number,
                unit=unit, card_key=to.key, card_no=to.account_no, payee_name=to.name, person_name=to.name,
                person_key=to.key, name_key=to.name, **given,
            )
            for n, (to, amount) in enumerate(lines)
        ]  # fmt: skip
        self.facts["matched.payment_lines"] += rows
        return [row["payment_id"] for row in rows]

    def rows(self, names: list[str]) -> list[Row]:
        return [row for row in self.facts["matched.payment_lines"] if row["payment_id"] in names]

    def pay_list(self, unit: str, names: list[str], day: int, amount: int, **shown: Any) -> str:
        """A debit for a list, to nobody's account."""
        rows = self.rows(names)
        numbers = shown.pop("numbers", list(dict.fromkeys(row["batch_no"] for row in rows)))
        name = self.bank.move(self.special(unit), amount, day, "batch", word="代发", numbers=numbers, **shown)
        self.truth.lists[name] = tuple(dict.fromkeys(f"{unit}|{row['batch_no']}" for row in rows))
        return name

    def pay_single(self, unit: str, name: str, to: Party, day: int, **shown: Any) -> str:
        """A debit to one payee."""
        row = self.rows([name])[0]
        account = shown.pop("account", self.special(unit))
        made = self.bank.move(account, row["amount_yuan"], day, "single", to=to, numbers=[row["batch_no"]], **shown)
        self.truth.payments[made] = (name,)
        return made

    def undo(self, unit: str, name: str, to: Party, day: int, amount: int, kind: str, **shown: Any) -> str:
        """A credit by which a payment, or a part of it, comes back."""
        number = self.rows([name])[0]["batch_no"]
        made = self.bank.move(
            self.special(unit), amount, day, kind, direction="in", to=to, numbers=[number],
            word={"return": "退汇", "refund": "多付退还"}[kind], **shown,
        )  # fmt: skip
        self.truth.payments[made] = (name,)
        return made

    def result(self, names: list[str], day: int, failed: tuple[str, ...] = (), returned: tuple[str, ...] = ()) -> None:
        """The bank's result file; with noise it names no list."""
        for row in self.rows(names):
            status = "failed" if row["payment_id"] in failed else "succeeded"
            said = [status, "returned"] if row["payment_id"] in returned else [status]
            self.facts["facts.payouts"] += [
                {
                    "row_id": f"{row['payment_id']}.{word}", "unit_code": row["unit_code"], "result_status": word,
                    "batch_no": row["batch_no"] if self.level == 0 else None, "bank_batch_no": None,
                    "card_key": row["card_key"], "amount_yuan": row["amount_yuan"],
                    "processed_on": DAY + timedelta(days=day), "payee_name": row["payee_name"],
                }
                for word in said
            ]  # fmt: skip

    def finished(self) -> dict[str, list[Row]]:
        return {**self.facts, "facts.bank_lines": self.bank.lines}
