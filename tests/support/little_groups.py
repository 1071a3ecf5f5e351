"""Small groups of lists and debits of one unit, as facts for the passes and, once more, for the reference matcher."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.spec.harness import Row
from tests.support.matching import DAY, account, bank_line, line, together
from tests.support.reference_links import Debit, Link, Lists, Payment, single_link, whole_link

ITEMS = 12
SOURCES = ("central", "central", "provincial")
NAMES = ("人0", "人1", "人2", "人0")  # the fourth payee bears the first one's name


@dataclass(frozen=True)
class Group:
    """One unit: what the passes read, and what the reference reads."""

    unit: str
    facts: dict[str, list[Row]]
    payments: list[Payment]
    debits: list[Debit]


def little_group(unit: str, chance: Random) -> Group:
    """At most twelve items: payments, lists of several, debits; most debits are made to pay something."""
    lines = _lines(unit, chance)
    payments = [
        Payment(
            row["payment_id"], row["batch_no"], row["card_key"], row["amount_yuan"], row["pay_on"],
            (row["fund_source"], row["notice_no"] or "", row["aid_category"], "2021"),
        )
        for row in lines
    ]  # fmt: skip
    room = ITEMS - len(lines) - sum(count > 1 for count in Counter(p.batch_no for p in payments).values())
    wishes = _wishes(payments, chance)
    made = [_debit(n, unit, chance.choice(wishes), payments, chance) for n in range(chance.randint(1, max(1, room)))]
    facts = together(
        account(unit), account(unit, "b"),
        {"matched.payment_lines": lines, "facts.bank_lines": [row for row, _ in made]},
    )  # fmt: skip
    return Group(unit, facts, payments, [debit for _, debit in made])


def _lines(unit: str, chance: Random) -> list[Row]:
    made: list[Row] = []
    sizes = chance.choice(((1, 1, 1, 1), (2, 2), (3, 1, 1), (2, 1, 1), (2, 2, 2), (3, 2), (1, 1, 1, 1, 1, 1)))
    amounts = chance.choice(((100,), (100, 200), (100, 200, 300, 50)))
    for place, size in enumerate(sizes[: chance.randint(1, len(sizes))]):
        day, source, notice = chance.randint(0, 40), chance.choice(SOURCES), chance.choice((None, None, "通1"))
        for _ in range(size):
            payee = chance.choice((0, 1, 2, 3, 0))
            made.append(
                line(
                    len(made), payee=payee, amount=chance.choice(amounts), day=day, source=source,
                    batch_no=f"第{place}批", unit=unit, notice_no=notice, payee_name=NAMES[payee],
                    person_name=NAMES[payee], card_no=f"62170000000{payee}",
                )
            )  # fmt: skip
    return made


Wish = tuple[int, int, str | None, tuple[str, ...]]  # amount, day, payee (card), lists that it is for


def _wishes(payments: Sequence[Payment], chance: Random) -> list[Wish]:
    lists: dict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        lists[payment.batch_no].append(payment)
    totals = {number: sum(p.amount for p in mine) for number, mine in lists.items()}
    days = {number: (mine[0].on - DAY).days for number, mine in lists.items()}
    singles: list[Wish] = [(p.amount, days[p.batch_no], p.payee, (p.batch_no,)) for p in payments]
    wholes: list[Wish] = [(totals[number], days[number], None, (number,)) for number in lists]
    parts: list[Wish] = [(50 * n, days[number], None, (number,)) for number in lists for n in (1, 2, 3)]
    several = sorted(lists)[: chance.randint(1, 3)]
    summed: Wish = (sum(totals[n] for n in several), days[several[0]], None, tuple(several))
    return chance.choice(([*singles], [*wholes], [*singles, *wholes], [*wholes, *parts, summed], [*parts, summed]))


def _debit(number: int, unit: str, wish: Wish, payments: Sequence[Payment], chance: Random) -> tuple[Row, Debit]:
    """A debit as the bank shows it, and what of it the reference knows."""
    amount, day, payee, wanted = wish
    shown = chance.choice(("account", "account", "name")) if payee else chance.choice(("nobody", "nobody", "stranger"))
    named = wanted if chance.random() < 1 / 6 else ()
    speaks = payee is None and chance.random() < 1 / 3
    account = chance.choice(("a", "a", "a", "b"))
    row = bank_line(
        f"b{number:02}", amount=chance.choice((amount, amount, amount, 100)), unit=unit, account=account, payee=None,
        day=day + chance.choice((0, 0, 1, 3, 9, 14, 15, 16, -2, -15)), memo="".join(named) + "代发" * speaks,
        counterparty_key={"account": payee, "stranger": "x9"}.get(shown), counterparty_account_no=None,
        counterparty_name=NAMES[int(payee[1])] if payee and shown == "name" else None,
    )  # fmt: skip
    known = {payment.payee for payment in payments}
    namesakes = {card for card in known if payee and NAMES[int(card[1])] == NAMES[int(payee[1])]}
    goes_to = {"account": known & {payee}, "name": namesakes}.get(shown, set())
    return row, Debit(
        row["bank_line_id"], row["account_key"], row["amount_yuan"], row["value_on"],
        frozenset(str(card) for card in goes_to), shown == "name", shown in ("account", "stranger"), speaks,
        frozenset(named),
    )  # fmt: skip


def found(made: Mapping[str, Sequence[Row]], group: Group) -> list[Link]:
    """What the passes linked in a group, as links of the reference."""
    lists = Lists(group.payments)
    debits = {debit.name: debit for debit in group.debits}
    payments = {payment.name: payment for payment in group.payments}
    linked = [
        whole_link(0, lists, [key.partition("|")[2] for key in keys], [debits[name] for name in names])
        for keys, names in _joined([row for row in made["batch_debits"] if row["bank_line_id"] in debits])
    ]
    for match in made["matches"]:
        if match["rule"] in ("M40.single", "M51.reissue") and match["bank_line_id"] in debits:
            linked.append(single_link(0, payments[match["payment_id"]], debits[match["bank_line_id"]]))
    return linked


def _joined(debits: Sequence[Row]) -> list[tuple[set[str], set[str]]]:
    """Lists and debits that hang together: one debit for several lists, several debits for one list."""
    groups: list[tuple[set[str], set[str]]] = []
    for row in debits:
        key, name = str(row["batch_key"]), str(row["bank_line_id"])
        same = [group for group in groups if key in group[0] or name in group[1]]
        groups = [group for group in groups if group not in same]
        groups.append(({key}.union(*(g[0] for g in same)), {name}.union(*(g[1] for g in same))))
    return groups
