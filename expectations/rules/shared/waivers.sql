-- What people decided about findings, and what has come of it.
-- Grain: one row per decision that stands and finding that it was bound to; while it is bound to none, per open finding that
-- it names by id or group; one row without a finding where it names nothing that is open.
-- state: holds; pending (would be bound now); changed (the fact has other values than when it was decided); expired (bound,
-- and the as-of day lies behind it); closed (nothing is open of what it spoke of); refused (the decision was no); invalid;
-- answered (invalid, but another decision holds about the same finding: nothing is left to be mended).
-- Of several words of one sender about one id the last that can hold counts: what came before it is not here, a newer one that
-- cannot hold is, and takes nothing back.
-- fault: why it is invalid. Two persons decide; for 须整改 and worse neither they nor the sender are of the judged unit.
-- Reads: facts.said_waivers, judged.deciders, validated.versions, facts.units, facts.as_of, received.receipts, judged.raised,
-- judged.history, decisions.bindings, policy.parameters.
WITH stated AS (
    SELECT
        w.*, COALESCE(w.waived_id, w.waived_group_id) AS subject_id,
        LEFT(SHA256(CONCAT_WS('|', w.unit_code, v.fact_key, v.value_hash)), 16) AS waiver_id,
        r.ingest_no, a.as_of_on, COALESCE(a.as_of_on, CAST(r.received_at AS DATE)) AS decided_on
    FROM facts.said_waivers AS w
    INNER JOIN validated.versions AS v ON v.row_id = w.row_id
    INNER JOIN received.receipts AS r ON r.receipt_id = w.receipt_id
    CROSS JOIN facts.as_of AS a
),
terms AS (
    SELECT
        s.row_id,
        COALESCE(s.until_on, CAST(s.decided_on + CAST(p.number AS INTEGER) * INTERVAL '1' DAY AS DATE)) AS until_on
    FROM stated AS s
    LEFT JOIN policy.parameters AS p
        ON p.parameter = 'waivers.valid_days' AND s.decided_on >= p.applies_from AND s.decided_on < p.applies_to
),
opened AS (
    SELECT * FROM judged.raised WHERE status = 'open'
),
known AS (
    SELECT finding_id AS subject_id FROM judged.raised
    UNION SELECT group_id FROM judged.raised
    UNION SELECT finding_id FROM judged.history
    UNION SELECT group_id FROM judged.history
),
bound AS (
    SELECT DISTINCT waiver_id FROM decisions.bindings
),
about AS (
    SELECT s.row_id, b.finding_id, b.fact_hash AS bound_hash, b.until_on AS bound_until_on, TRUE AS is_bound
    FROM stated AS s
    INNER JOIN decisions.bindings AS b ON b.waiver_id = s.waiver_id
    UNION ALL
    SELECT s.row_id, o.finding_id, CAST(NULL AS VARCHAR), CAST(NULL AS DATE), FALSE
    FROM stated AS s
    LEFT JOIN bound AS b ON b.waiver_id = s.waiver_id
    LEFT JOIN opened AS o ON o.finding_id = s.subject_id OR o.group_id = s.subject_id
    WHERE b.waiver_id IS NULL
),
weighed AS (
    SELECT
        s.*, n.prepared_unit_code, n.prepared_name, n.approved_unit_code, n.approved_name,
        a.finding_id, o.rule_id, o.fact_hash, a.bound_hash, a.is_bound, o.finding_id IS NOT NULL AS is_open,
        COALESCE(a.bound_until_on, t.until_on) AS holds_until_on,
        CASE
            WHEN NOT n.has_two_names THEN 'names'
            WHEN o.severity IN ('reject', 'error') AND o.unit_code IN (n.prepared_unit_code, n.approved_unit_code)
                THEN 'judged_unit'
            WHEN o.severity IN ('reject', 'error') AND o.unit_code = s.unit_code AND NOT u.is_own THEN 'sender'
            WHEN NOT a.is_bound AND t.until_on IS NULL THEN 'no_expiry'
            WHEN NOT a.is_bound AND t.until_on < s.decided_on THEN 'expired'
            WHEN NOT a.is_bound AND o.finding_id IS NULL AND k.subject_id IS NULL THEN 'unknown_id'
        END AS own_fault
    FROM stated AS s
    INNER JOIN judged.deciders AS n ON n.row_id = s.row_id
    INNER JOIN terms AS t ON t.row_id = s.row_id
    INNER JOIN about AS a ON a.row_id = s.row_id
    LEFT JOIN opened AS o ON o.finding_id = a.finding_id
    LEFT JOIN facts.units AS u ON u.unit_code = s.unit_code
    LEFT JOIN known AS k ON k.subject_id = s.subject_id
),
faulted AS (
    SELECT
        j.*,
        CASE WHEN decision = 'approved' THEN MIN(own_fault) OVER (PARTITION BY row_id) END AS fault
    FROM weighed AS j
),
last_words AS (
    SELECT
        unit_code, fact_key,
        COALESCE(MAX(CASE WHEN fault IS NULL THEN ingest_no END), MAX(ingest_no)) AS ingest_no
    FROM faulted
    GROUP BY unit_code, fact_key
),
stating AS (
    SELECT
        f.*,
        CASE
            WHEN decision <> 'approved' OR decision IS NULL THEN 'refused'
            WHEN fault IS NOT NULL THEN 'invalid'
            WHEN NOT is_open THEN 'closed'
            WHEN NOT is_bound THEN 'pending'
            WHEN bound_hash <> fact_hash THEN 'changed'
            WHEN holds_until_on < as_of_on THEN 'expired'
            ELSE 'holds'
        END AS own_state
    FROM faulted AS f
    INNER JOIN last_words AS l ON l.unit_code = f.unit_code AND l.fact_key = f.fact_key AND f.ingest_no >= l.ingest_no
)
SELECT
    city_code, waiver_id, row_id, receipt_id, unit_code, fact_key, subject_id, finding_id, rule_id, fact_hash, decision,
    reason, prepared_unit_code, prepared_name, approved_unit_code, approved_name, document, document_sha256,
    waived_id IS NULL AS is_by_group, holds_until_on AS until_on, as_of_on, fault,
    CASE
        WHEN own_state = 'invalid' AND BOOL_OR(own_state = 'holds') OVER (PARTITION BY finding_id) THEN 'answered'
        ELSE own_state
    END AS state
FROM stating
ORDER BY row_id, finding_id
