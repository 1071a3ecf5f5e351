"""What a bank shows of a movement of money, at three levels of noise; beside it what the movement was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tests.spec.harness import Row
from tests.support.matching import DAY

WRITTEN = {"张": "張", "陈": "陳", "刘": "劉", "杨": "楊", "赵": "趙", "国": "國", "华": "華", "总": "總", "财": "財"}
LEVELS = (0, 1, 2)  # the bank says everything; half of it; as little as a bank may


@dataclass(frozen=True)
class Party:
    """Who a bank line goes to or comes from. `is_shown`: the bank never hides this account, it is our own or none."""

    name: str | None
    account_no: str | None
    key: str | None
    is_shown: bool = False


NOBODY = Party(None, None, None, is_shown=True)


@dataclass
class Truth:
    """What every line is, what it pays or undoes, and what nobody could tell."""

    classes: dict[str, str] = field(default_factory=dict)
    payments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # row_ids of arrivals, or numbers of notices
    planted: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    def doubtful(self) -> frozenset[str]:
        return frozenset[str]().union(*(lines for _, lines in self.planted))


class Bank:
    """All statements of a federation, line by line."""

    def __init__(self, level: int, chance: Random) -> None:
        self.lines: list[Row] = []
        self.truth = Truth()
        self._level, self._chance = level, chance
        self._hidden: dict[str, bool] = {}
        self._names: dict[str, str] = {}

    def delay(self) -> int:
        """Days from the books to the bank: always within the window."""
        return self._chance.randint(0, (1, 6, 13)[self._level])

    def move(
        self, account: Row, amount: int, day: int, kind: str, *, direction: str = "out", to: Party = NOBODY,
        word: str = "", numbers: Sequence[str] = (), silent: bool = False, says: bool | None = None,
    ) -> str:  # fmt: skip
        """One line of a statement; the id of it. `silent`: as at the last level; `says`: whether it names numbers."""
        level = 2 if silent else self._level
        name = f"{account['account_key']}.{len(self.lines):05}"
        on = DAY + timedelta(days=day)
        hidden = not to.is_shown and level > 0 and (level == 2 or self._hides(to))
        says = not silent and (self.says() if says is None else says)
        digits = to.account_no if to.account_no is None or not hidden else f"6217****{to.account_no[-4:]}"
        self.lines.append({
            "bank_line_id": name, "row_id": name, "account_key": account["account_key"],
            "account_type": account["account_type"], "unit_code": account["unit_code"], "booked_on": on,
            "transacted_on": on, "value_on": on, "direction": direction, "amount_yuan": amount,
            "account_fund_source": account.get("fund_source"), "memo": word + "".join(numbers if says else ()),
            "counterparty_name": self._written(to.name, level), "counterparty_account_no": digits,
            "counterparty_key": None if hidden else to.key,
        })  # fmt: skip
        self.truth.classes[name] = kind
        return name

    def says(self) -> bool:
        """Whether a memo has the numbers: always, half of the time, never."""
        return self._level == 0 or (self._level == 1 and self._chance.random() < 0.5)

    def _hides(self, to: Party) -> bool:
        """A bank masks an account on every line, or on none."""
        return self._hidden.setdefault(str(to.key), self._chance.random() < 0.5)

    def _written(self, name: str | None, level: int) -> str | None:
        """As this bank writes the name, on every line alike."""
        return name if name is None or level == 0 else self._names.setdefault(name, self._changed(name))

    def _changed(self, name: str) -> str:
        """With traditional signs, a name of a unit cut, the middle of a person's hidden."""
        if self._chance.random() < 0.4:
            return name
        if len(name) > 6 and self._chance.random() < 0.4:
            return name[:-1]
        if len(name) == 3 and self._chance.random() < 0.4:
            return f"{name[0]}*{name[2]}"
        return "".join(WRITTEN.get(sign, sign) for sign in name)
