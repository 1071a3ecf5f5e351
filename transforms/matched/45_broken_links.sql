-- Debits that a number links to a list, but that equal neither its total nor its successes.
-- Grain: one row per bank line. R16.total is the one finding; the line itself stays unexplained without another.
-- Reads: matched.batch_links, matched.batches.
SELECT k.bank_line_id, MIN(k.batch_key) AS batch_key
FROM matched.batch_links AS k
INNER JOIN matched.batches AS b ON b.batch_key = k.batch_key
WHERE b.is_total_broken
GROUP BY k.bank_line_id
ORDER BY k.bank_line_id
