"""Nominal amounts → amounts whose sums are the story's, to the fen.

Every line of the pool's money of year Y counts, in the end, exactly once by 除夕 of Y+1; some of them (paid in January,
or refused or returned and paid again in January) not yet on 12-31. So the lines fall into two sets, and the sums of
both are given. Three steps: scale each set; round what each county received on a notice to whole 100 yuan; let the
city's own plain lines take up what is left of each set, in whole yuan, the fen on a last line that is paid to the fen.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from data.synthetic.knowledge import story
from data.synthetic.records import Batch, Payment
from data.synthetic.size import Size

YUAN = 100
POOL = "city_pool"
POOL_SOURCES = ("city_pool", "city_fiscal", "city_union_match")


def counts_by(payment: Payment, cutoff: date) -> bool:
    """Whether the line, or the one that pays it again, stands in the executed figure at this cut-off."""
    if payment.incident == "":
        return payment.batch.pay_on <= cutoff
    assert payment.again_on is not None, "set with the incident"
    if payment.again_on <= cutoff:
        return True
    returned_later = payment.returned_on is not None and payment.returned_on > cutoff
    return returned_later and payment.batch.pay_on <= cutoff


def settle(size: Size, batches: list[Batch]) -> None:
    """Set the final amounts of all lines (lists that pay again are made afterwards)."""
    story_lines = [p for b in batches if is_story_money(b, size.year) for p in b.payments]
    by_fiscal = [p for p in story_lines if counts_by(p, date(size.year, 12, 31))]
    later = [p for p in story_lines if not counts_by(p, date(size.year, 12, 31))]
    fiscal_fen, extended_fen = targets(size)
    sets = ((by_fiscal, fiscal_fen), (later, extended_fen - fiscal_fen))
    for lines, target in sets:
        scale(lines, target)
    round_notice_sums(batches)
    for lines, target in sets:
        take_up(lines, target)


def targets(size: Size) -> tuple[int, int]:
    """Executed by 12-31 and by 除夕, in fen, for this size."""
    told = story("programmes")["totals"]
    return (
        size.scaled_fen(told["fiscal_yuan"], told["households"]),
        size.scaled_fen(told["extended_yuan"], told["households"]),
    )


def is_story_money(batch: Batch, year: int) -> bool:
    """The pool's money of the sample's own budget year."""
    return batch.budget_year == year and batch.fund_source in POOL_SOURCES


def scale(lines: list[Payment], target_fen: int) -> None:
    """Multiply to about the target; whole 10 yuan (1 yuan where small), or to the fen where nominally so."""
    nominal = sum(p.amount_fen for p in lines)
    for payment in lines:
        scaled = payment.amount_fen * target_fen // nominal
        if payment.amount_fen % YUAN == 0:
            step = 10 * YUAN if scaled >= 100 * YUAN else YUAN
            scaled = (scaled + step // 2) // step * step
        payment.amount_fen = max(scaled, YUAN)


def round_notice_sums(batches: Iterable[Batch]) -> None:
    """What a county pays out of one notice becomes whole 100 yuan; its last plain lines take the difference."""
    groups: dict[tuple[str, str], list[Payment]] = defaultdict(list)
    for batch in batches:
        if batch.notice is not None:
            groups[batch.programme, batch.unit.code] += batch.payments
    for lines in groups.values():
        plain = [p for p in lines if not p.incident]
        total = sum(p.amount_fen for p in lines)
        target = max(100 * YUAN, (total + 50 * YUAN) // (100 * YUAN) * 100 * YUAN)
        if plain:
            spread(plain[-3:], target - total)


def take_up(lines: list[Payment], target_fen: int) -> None:
    """Bring the set to its sum by the city's own plain lines."""
    own = [p for p in lines if p.batch.unit.is_city and not p.incident]
    own.sort(key=lambda p: p.amount_fen % YUAN != 0)  # lines paid to the fen last: they take the fen
    spread(own, target_fen - sum(p.amount_fen for p in lines))


def spread(lines: list[Payment], difference_fen: int) -> None:
    """Add a difference (or take it away): from the last line on, whole yuan, at most a quarter of a line.

    What is still left goes to all lines by size. The last line takes the fen. Every line stays at one yuan or more.
    """
    fen = difference_fen % YUAN
    lines[-1].amount_fen += fen
    left = difference_fen - fen
    for payment in reversed(lines):
        most = payment.amount_fen // YUAN // 4 * YUAN
        step = max(-most, min(most, left))
        payment.amount_fen += step
        left -= step
    if left:
        share_by_size(lines, left)


def share_by_size(lines: list[Payment], left: int) -> None:
    """Add whole yuan to all lines by their size; the first line takes the remainder."""
    total = sum(p.amount_fen for p in lines)
    shares = [left * p.amount_fen // total // YUAN * YUAN for p in lines[1:]]
    shares.insert(0, left - sum(shares))
    for payment, share in zip(lines, shares, strict=True):
        payment.amount_fen += share
        if payment.amount_fen < YUAN:
            raise ValueError("the sample is too small for its story: more households, or fewer units")
