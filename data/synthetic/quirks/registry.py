"""All quirks, in the order of the list of practices. The honest year has every one."""

from data.synthetic.quirks import (
    q01_register_and_list,
    q02_goods_another_day,
    q03_returned_visit,
    q04_two_seasons,
    q05_direct_batch,
    q06_three_sources_one_transfer,
    q07_one_minutes_many,
    q08_sheet_per_source,
    q09_title_says_all,
    q10_no_number,
    q11_no_date,
    q13_spouses_card,
    q15_shared_mother,
    q16_registered_again,
    q17_county_pays_first,
    q18_county_money,
    q19_shared_account,
    q20_filtered_statement,
    q21_zero_balance_account,
    q22_match_without_credit,
    q23_rice_and_signatures,
    q24_visit_to_an_enterprise,
    q25_given_back,
    q26_sent_again,
)
from data.synthetic.quirks.quirk import Quirk

QUIRKS: tuple[Quirk, ...] = (
    q01_register_and_list.QUIRK,
    q02_goods_another_day.QUIRK,
    q03_returned_visit.QUIRK,
    q04_two_seasons.QUIRK,
    q05_direct_batch.QUIRK,
    q06_three_sources_one_transfer.QUIRK,
    q07_one_minutes_many.QUIRK,
    q08_sheet_per_source.QUIRK,
    q09_title_says_all.QUIRK,
    q10_no_number.QUIRK,
    q11_no_date.QUIRK,
    q13_spouses_card.QUIRK,
    q15_shared_mother.QUIRK,
    q16_registered_again.QUIRK,
    q17_county_pays_first.QUIRK,
    q18_county_money.QUIRK,
    q19_shared_account.QUIRK,
    q20_filtered_statement.QUIRK,
    q21_zero_balance_account.QUIRK,
    q22_match_without_credit.QUIRK,
    q23_rice_and_signatures.QUIRK,
    q24_visit_to_an_enterprise.QUIRK,
    q25_given_back.QUIRK,
    q26_sent_again.QUIRK,
)


def chosen(keys: tuple[str, ...] = (), *, honest: bool = False) -> tuple[Quirk, ...]:
    """The quirks switched on by name, and with `honest` all of them. ValueError for a name nobody knows."""
    if unknown := set(keys) - {quirk.key for quirk in QUIRKS}:
        raise ValueError(f"quirks {sorted(unknown)}: one of {[quirk.key for quirk in QUIRKS]}")
    return tuple(quirk for quirk in QUIRKS if honest or quirk.key in keys)
