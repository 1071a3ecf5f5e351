"""The whole story: what is made from what was received, in this order, every time anything has changed.

Intake (flows/ingesting.py) has filled received, raw and validated, a transaction a file. From there on all of it is a
pure function of what was received and of the policy. Each name below is one SELECT in `transforms/`, whose head says
its grain; what it reads is what it names. `cut_by` says by what a table could be made in parts, each from its own
part of the inputs; `city`: only as a whole.
"""

from __future__ import annotations

from flows.steps import steps

VERSIONS = (
    # the files that count; what can be understood of them, whose it is, and which version of it holds
    *steps("facts", "01_receipts", "07_returned_rows", "08_unmarked_rows", cut_by="file"),
    *steps("facts", "09_typed_rows", "10_readable", cut_by="file"),
    *steps("facts", "20_units", "21_unit_names", "22_account_owners", cut_by="city"),
    *steps("facts", "30_row_owners", cut_by="file"),
    *steps("facts", "31_list_lines", "32_confirmations", "33_dropped_lines", cut_by="unit"),
    *steps("facts", "34_shrunk_batches", "35_held_rows", cut_by="unit"),
    *steps("facts", "40_supersessions", "41_standing", cut_by="unit"),
    *steps("facts", "42_duplicates", "43_conflicts", "44_current", "45_refused", cut_by="unit"),
    *steps("facts", "46_unknown_units", "47_unit_conflicts", "48_idle_problems", cut_by="file"),
)

FACTS = (
    *VERSIONS,
    # the facts as they stand today
    *steps("facts", "49_waivers", cut_by="unit"),
    *steps("facts", "50_accounts", "51_budgets", "52_arrivals", "53_openings", "54_households", cut_by="unit"),
    *steps("facts", "55_members", "56_rosters", "57_visits", "58_payouts", "59_allotments", cut_by="unit"),
    *steps("facts", "59_documents", "59_decisions", "59_journal", "59_purchases", cut_by="unit"),
    # the bank, the days that it covers, the years and their cut-offs
    *steps("facts", "60_bank_lines", cut_by="unit"),
    *steps("facts", "61_as_of", cut_by="city"),
    *steps("facts", "62_coverage", cut_by="unit"),
    *steps("facts", "63_years", "64_cutoffs", cut_by="city"),
    *steps("facts", "65_id_faults", cut_by="file"),
    # what statements say of themselves: running balances, totals, days
    *steps("facts", "66_statement_rows", cut_by="file"),
    *steps("facts", "67_open_beginnings", "68_balance_breaks", "69_control_totals", "70_statement_gaps", cut_by="unit"),
    *steps("facts", "75_said_waivers", "76_choices", cut_by="unit"),
    # documents: whose they are, the numbers in their names, the lines that list them, how they are filed
    *steps("facts", "71_document_owners", cut_by="file"),
    *steps("facts", "72_document_numbers", "73_catalogued", "74_filed_documents", cut_by="unit"),
)

MATCHED = (
    # households, payments to be, and what the bank says of them
    *steps("matched", "01_windows", "03_only_projects", "04_held_lines", cut_by="city"),
    *steps("matched", "05_file_persons", "06_household_members", cut_by="year"),
    *steps("matched", "07_case_people", "08_uncertain_people", "09_file_overlaps", cut_by="city"),
    *steps("matched", "10_payment_lines", "11_payout_results", "12_line_results", cut_by="unit"),
    *steps("matched", "13_unknown_results", "14_batch_totals", "15_line_words", cut_by="unit"),
    # what suppliers and enterprises that were visited are to be paid, and what of it one debit may pay
    *steps("matched", "15_payables", "15_claim_parts", "15_claims", "15_claim_rivals", "16_name_pairs", cut_by="unit"),
    *steps("matched", "17_named_units", cut_by="unit"),
    # lines that are no payment and no arrival: the bank's own corrections, clearings; and what people decided
    *steps("matched", "17_bank_corrections", "17_decided", "18_treasury_clearings", "19_set_aside", cut_by="unit"),
    # money that arrives and money that is passed on: both ends are looked at
    *steps("matched", "20_receipts", "21_notice_sums", "22_allotments_out", "23_allotments_in", cut_by="city"),
    # lists that a unit paid in advance, and the transfers that pay it back
    *steps("matched", "24_reimbursing_transfers", "25_reimbursements", "26_advances", cut_by="unit"),
    # what a unit gives back to who passed it on; quotas, which are no money
    *steps("matched", "27_clawback_ends", "28_clawbacks", "29_quota_notices", cut_by="city"),
    # purchases and collective visits: by number, in order of date, the nearest
    *steps("matched", "29_claim_links", "29_claim_payees", "29_claim_candidates", "29_claims_named", cut_by="unit"),
    *steps("matched", "29_claims_in_order", "29_claims_nearest", "29_claims_alone", cut_by="unit"),
    # lists, single payments, returns and reissues
    *steps("matched", "30_batch_links", "31_payee_debits", "32_batches_named", "33_batch_candidates", cut_by="unit"),
    *steps("matched", "34_batches_in_order", "34_batches_by_amount", "35_list_doubts", cut_by="unit"),
    # what only several together answer; then every list with its debits, line by line
    *steps("matched", "36_sum_questions", "36_claim_questions", "37_sums", cut_by="unit"),
    *steps("matched", "38_batch_debits", "38_claim_debits", "39_batch_payments", cut_by="unit"),
    *steps("matched", "40_single_candidates", "41_singles_named", "41_singles_in_order", cut_by="unit"),
    *steps("matched", "42_singles_nearest", cut_by="unit"),
    *steps("matched", "43_paid", "44_batches", "45_broken_links", "46_doubts", cut_by="unit"),
    *steps("matched", "50_return_candidates", "51_returns", "52_reissues", "53_refunds", cut_by="unit"),
    *steps("matched", "54_claim_refunds", "55_payable_shares", "56_claim_doubts", cut_by="unit"),
    *steps("matched", "57_goods_given", "58_claim_outcomes", cut_by="unit"),
    # own transfers, fees and interest; then every line and every payment with the one thing that it is
    *steps("matched", "60_own_transfers", "61_bank_charges", "62_cash", cut_by="unit"),
    *steps("matched", "70_bank_lines", "71_payments", "72_matches", "73_execution_events", cut_by="unit"),
    *steps("matched", "74_allotted", cut_by="year"),
    *steps("matched", "75_visit_events", "76_visit_answers", cut_by="unit"),
    *steps("matched", "77_visits", "78_payment_files", "79_filings", "80_payees", cut_by="city"),
    *steps("matched", "81_possible_corrections", "82_visit_money", "83_held_lines_at_bank", cut_by="unit"),
    # certificates: what each line may have answered, and why it did not; decisions that do not hold
    *steps("matched", "84_near_misses", "85_looked_at", "86_candidates", "87_void_decisions", cut_by="unit"),
)

BOOKED = (
    # the books beside the bank: entries on each account, what answers them by ever weaker evidence, the month ends
    *steps("booked", "10_windows", "20_subjects", "30_entries", "31_lines", "32_items", cut_by="unit"),
    *steps("booked", "40_by_voucher", "41_same_day", "42_in_order", "43_nearest", "44_reversals", cut_by="unit"),
    *steps("booked", "45_voucher_sums", "46_day_sums", "50_links", cut_by="unit"),
    *steps("booked", "60_accounts", "61_open_items", "70_balances", "71_reconciliation", cut_by="unit"),
    *steps("booked", "80_aid_entries", "81_three_books", "82_subject_checks", cut_by="unit"),
)

COMPUTED = (
    *steps("computed", "10_time_points", "11_executed", "12_carried_in", cut_by="year"),
    *steps("computed", "20_execution_by_source", "21_execution_by_unit", "22_execution_by_category", cut_by="source"),
    *steps("computed", "23_execution_monthly", "24_execution_bridge", cut_by="source"),
)

BEFORE_JUDGEMENT = (*FACTS, *MATCHED, *BOOKED)
AFTER_JUDGEMENT = (
    *steps("judged", "10_finding_facts", cut_by="unit"),
    *COMPUTED,
    *steps("agreement", "10_entries", "20_statement", "30_fund_balances", "31_account_balances", cut_by="unit"),
    *steps("lineage", "10_origins", "20_decisions", "30_choices", cut_by="unit"),
)
"""Between the two, both judges (expectations/gate.py) fill `judged`; after them the contracts fill `marts`."""
