-- The bank's last word on each line of a list: 退汇 over 成功 over 失败.
-- Grain: one row per payment that a result file names.
-- Reads: matched.payout_results.
SELECT
    payment_id,
    CASE
        WHEN SUM(CASE WHEN result_status = 'returned' THEN 1 ELSE 0 END) > 0 THEN 'returned'
        WHEN SUM(CASE WHEN result_status = 'succeeded' THEN 1 ELSE 0 END) > 0 THEN 'succeeded'
        ELSE 'failed'
    END AS result_status,
    MIN(bank_batch_no) AS bank_batch_no,
    MAX(CASE WHEN result_status <> 'returned' THEN processed_on END) AS processed_on
FROM matched.payout_results
WHERE payment_id IS NOT NULL
GROUP BY payment_id
ORDER BY payment_id
