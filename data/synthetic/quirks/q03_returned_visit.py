"""The money of a visit comes back and is paid again: one visit, not two."""

from data.synthetic.incidents import paid_again
from data.synthetic.knowledge import workday
from data.synthetic.quirks.choice import chance, untouched_lists
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import Federation
from data.synthetic.size import Size


def happen(size: Size, federation: Federation) -> None:
    """Unless it happened anyway: a line of a list of regular visits comes back, and is paid again within days."""
    returned = (p for p in federation.payments if p.incident == "returned")
    if any(payment.batch.aid_category == "warmth_visit" for payment in returned):
        return
    lists = [b for b in untouched_lists(federation) if b.campaign == "regular_warmth"]
    if not lists:
        return
    batch = max(lists, key=lambda one: len(one.payments))
    line = batch.payments[-1]
    line.incident, line.returned_on = "returned", workday(batch.pay_on, after=2)
    line.again_on = workday(line.returned_on, after=1)
    federation.batches.append(paid_again(batch, [line], chance(size, "q03")))


QUIRK = Quirk("q03", "送温暖退汇后重发", happen=happen)
