-- The files that count: received, and not withdrawn. A workbook that came back corrects the file that it was made from: with
-- that file its corrections go, too, and theirs.
-- Grain: one row per file; columns as received.receipts.
-- Reads: received.receipts, received.withdrawals, received.returned.
WITH RECURSIVE said AS (
    SELECT
        receipt_id, is_withdrawn, ROW_NUMBER() OVER (PARTITION BY receipt_id ORDER BY withdrawal_no DESC) AS word_rank
    FROM received.withdrawals
),
withdrawn AS (
    SELECT receipt_id
    FROM said
    WHERE word_rank = 1 AND is_withdrawn
    UNION
    SELECT t.receipt_id
    FROM withdrawn AS w
    INNER JOIN received.returned AS t ON t.base_receipt_id = w.receipt_id
)
SELECT r.*
FROM received.receipts AS r
LEFT JOIN withdrawn AS w ON w.receipt_id = r.receipt_id
WHERE w.receipt_id IS NULL
ORDER BY r.receipt_id
