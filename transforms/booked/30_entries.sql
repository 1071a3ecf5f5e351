-- The entries of the books that move an account at a bank.
-- Grain: one row per entry on a subject that is money at a bank; account_key NULL where nothing tells which account.
-- The entry's own 银行账号 goes before what its subject says. direction and amount_yuan as booked: a debit is in, a
-- credit is out, a red entry is negative; move_yuan: what it adds to the balance. falls_on: the voucher's day, or the
-- end of the accounting period when that is another month. voucher_word and voucher_number: the two parts of 记-12.
-- Reads: facts.journal, facts.accounts, booked.subjects.
WITH amounts AS (
    SELECT
        j.*, s.account_key AS subject_account_key, s.evidence AS subject_evidence,
        COALESCE(j.debit_yuan, 0) <> 0 AS is_debit,
        COALESCE(j.debit_yuan, 0) - COALESCE(j.credit_yuan, 0) AS moved_yuan,
        TRY_CAST(CONCAT(j.period, '-01') AS DATE) AS period_on
    FROM facts.journal AS j
    INNER JOIN booked.subjects AS s
        ON s.unit_code = j.unit_code AND s.subject_code = j.subject_code AND s.subject_name = j.subject_name
)
SELECT
    m.row_id, m.receipt_id, m.source_file, m.sheet, m.row_no, m.city_code,
    SUBSTR(SHA256(CONCAT('journal|', m.unit_code, '|', m.fact_key)), 1, 16) AS entry_id,
    m.unit_code,
    COALESCE(a.account_key, m.subject_account_key) AS account_key,
    CASE WHEN a.account_key IS NOT NULL THEN 'column' ELSE m.subject_evidence END AS evidence,
    m.book_name, m.period, m.voucher_on, m.voucher_no,
    REGEXP_REPLACE(m.voucher_no, '-?[0-9]+$', '') AS voucher_word,
    REGEXP_REPLACE(m.voucher_no, '^.*-', '') AS voucher_number,
    m.voucher_line_no, m.summary_text, m.subject_code, m.subject_name, m.fund_source, m.balance_yuan,
    CASE WHEN LAST_DAY(m.period_on) <> LAST_DAY(m.voucher_on) THEN LAST_DAY(m.period_on) ELSE m.voucher_on END
        AS falls_on,
    CASE WHEN m.is_debit THEN 'in' ELSE 'out' END AS direction,
    CAST(CASE WHEN m.is_debit THEN m.moved_yuan ELSE -m.moved_yuan END AS DECIMAL(18, 2)) AS amount_yuan,
    CAST(m.moved_yuan AS DECIMAL(18, 2)) AS move_yuan
FROM amounts AS m
LEFT JOIN facts.accounts AS a ON a.account_key = m.account_key AND a.unit_code = m.unit_code
ORDER BY entry_id
