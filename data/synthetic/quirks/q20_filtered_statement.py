"""A county sends only the funds' lines of its 基本户: the register says 筛选, the balances jump."""

from data.synthetic.quirks.choice import counties_with_office_account
from data.synthetic.quirks.quirk import Quirk
from data.synthetic.records import BankLine, Federation
from data.synthetic.size import Size


def happen(size: Size, federation: Federation) -> None:
    """The last county with a 基本户 filters its statements."""
    units = counties_with_office_account(federation)
    if units:
        federation.accounts[units[-1].code].shows_all = False


def book(size: Size, federation: Federation) -> None:
    """What is not the funds' own is not shown."""
    federation.bank_lines = [line for line in federation.bank_lines if _is_shown(line)]


def _is_shown(line: BankLine) -> bool:
    return line.account.shows_all or line.classification != "out_of_scope"


QUIRK = Quirk("q20", "筛选的对账单", happen=happen, book=book)
