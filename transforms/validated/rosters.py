"""rosters: contract `expectations/contracts/rosters.yaml`."""

from __future__ import annotations

from transforms.parsed.recognised import Table
from transforms.validated.batches import issued_batch_no
from transforms.validated.draft import Draft, Reading, Typed, finished, typed


def rosters(table: Table, reading: Reading) -> Typed:
    """实名制汇总表 as typed facts. Grain: one row per line of the received file; no row is dropped here.

    Units: amount_yuan in yuan as text with two places, as received. A batch without number gets one (contract
    11.4). The campaign said above a list is a campaign of its 送温暖 lines only.
    """
    draft = typed(table, reading)
    draft.key("name_key", "name", "name")
    draft.key("person_key", "person", "id_number")
    draft.key("student_key", "person", "student_id_number")
    draft.key("card_key", "digits", "card_no")
    if "campaign" not in table.headers:
        draft.derive("campaign", _campaign, "campaign", "aid_category")
    if _is_hearsay(table, "notice_no"):
        draft.derive("notice_no", _notice_no, "notice_no", "payment_channel")
    draft.derive("payment_channel", _channel, "payment_channel", "notice_no")
    _number_batches(draft)
    return finished(draft)


def _campaign(campaign: str | None, aid_category: str | None) -> str | None:
    return campaign if aid_category == "warmth_visit" else None


def _is_hearsay(table: Table, name: str) -> bool:
    """The value was only found in a running text: a title, the name of a sheet, file or folder."""
    gift = table.given.get(name)
    return name not in table.headers and gift is not None and not gift.is_stated


def _notice_no(notice_no: str | None, channel: str | None) -> str | None:
    """The number of a document in a title is a transfer notice's, unless the line says that it is paid directly."""
    return None if channel == "direct" else notice_no


def _channel(channel: str | None, notice_no: str | None) -> str:
    """A list under a transfer notice is a county's, any other is paid directly, unless it says otherwise."""
    return channel or ("county" if notice_no else "direct")


def _number_batches(draft: Draft) -> None:
    """A batch without 批次号: one per sheet, source, budget year, notice and 发放日期."""
    values = draft.values
    values["is_batch_issued"] = values["batch_no"].is_null()
    draft.derive(
        "batch_no",
        lambda stated, *parts: stated or issued_batch_no(draft.table, draft.reading, parts),
        "batch_no", "fund_source", "budget_year", "notice_no", "paid_on",
    )  # fmt: skip
