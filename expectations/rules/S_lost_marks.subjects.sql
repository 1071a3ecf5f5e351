-- S.lost_marks: sheets of returned workbooks, by unit.
SELECT
    'S.lost_marks' AS rule_id, u.unit_code, COUNT(*) AS judged_count, 0 AS not_judged_count,
    CAST(NULL AS VARCHAR) AS missing_input, CAST(NULL AS VARCHAR) AS missing_on
FROM received.returned_sheets AS s
INNER JOIN facts.receipts AS r ON r.receipt_id = s.receipt_id
LEFT JOIN facts.unit_names AS u ON u.name = r.sender
GROUP BY u.unit_code
