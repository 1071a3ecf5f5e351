-- What people decided about findings, as `explain` shows it: who, why, on what paper, until when, and whether it holds.
-- Grain: one row per decision that stands and finding that it is about.
-- Reads: judged.waivers, received.receipts, facts.units.
SELECT
    w.city_code, w.waiver_id, w.subject_id, w.finding_id, w.state, w.until_on, w.reason,
    p.unit_name AS prepared_unit, w.prepared_name, a.unit_name AS approved_unit, w.approved_name,
    w.document, w.document_sha256, r.source_file, r.sha256
FROM judged.waivers AS w
INNER JOIN received.receipts AS r ON r.receipt_id = w.receipt_id
LEFT JOIN facts.units AS p ON p.unit_code = w.prepared_unit_code
LEFT JOIN facts.units AS a ON a.unit_code = w.approved_unit_code
ORDER BY w.waiver_id, w.finding_id
