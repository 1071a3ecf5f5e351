-- R17 拨款通知单: what a unit pays from a notice and source stays within its amount (.over: lines neither failed nor returned nor held,
-- unpaid ones too), is paid by its last day of use (.late), and names a notice that was issued to the unit (.unknown_notice).
-- A source that the notice does not list for the unit is R12.source_differs, not .over. A notice whose payee nobody knows
-- yet is not called unknown. Without any allotment received .unknown_notice is not judged (see .subjects.sql).
-- Reads: matched.payments, facts.allotments, facts.units, policy.source_rows, policy.labels.
WITH labels AS (
    SELECT code, MIN(label_zh) AS label_zh
    FROM policy.labels
    WHERE domain = 'fund_source' AND document_set = 'default'
    GROUP BY code
),
allotted AS (
    SELECT
        CASE WHEN a.allotment_mode = 'clawback' THEN COALESCE(a.original_notice_no, a.notice_no) ELSE a.notice_no END
            AS notice_no,
        a.payee_unit_code AS unit_code,
        COALESCE(r.figure_source, a.fund_source) AS figure_source,
        CASE WHEN a.allotment_mode = 'clawback' THEN -ABS(a.amount_yuan) ELSE a.amount_yuan END AS amount_yuan,
        CASE WHEN a.allotment_mode <> 'clawback' THEN a.use_by_on END AS use_by_on
    FROM facts.allotments AS a
    LEFT JOIN policy.source_rows AS r ON r.fund_source = a.fund_source
),
notices AS (
    SELECT
        notice_no, unit_code, figure_source,
        CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS allotted_yuan,
        MAX(use_by_on) AS use_by_on
    FROM allotted
    WHERE notice_no IS NOT NULL AND unit_code IS NOT NULL
    GROUP BY notice_no, unit_code, figure_source
),
spent AS (
    SELECT
        notice_no, unit_code, figure_source, COUNT(*) AS line_count,
        CAST(SUM(amount_yuan) AS DECIMAL(18, 2)) AS spent_yuan
    FROM matched.payments
    WHERE notice_no IS NOT NULL AND status NOT IN ('failed', 'returned', 'held')
    GROUP BY notice_no, unit_code, figure_source
),
over_spent AS (
    SELECT s.*, n.allotted_yuan, CAST(s.spent_yuan - n.allotted_yuan AS DECIMAL(18, 2)) AS excess_yuan,
        COALESCE(l.label_zh, s.figure_source) AS source_zh
    FROM spent AS s
    INNER JOIN notices AS n
        ON n.notice_no = s.notice_no AND n.unit_code = s.unit_code AND n.figure_source = s.figure_source
    LEFT JOIN labels AS l ON l.code = s.figure_source
    WHERE s.spent_yuan > n.allotted_yuan
),
late AS (
    SELECT p.unit_code, p.row_id, p.payment_id, p.batch_no, p.notice_no, p.person_name, p.value_on, n.use_by_on
    FROM matched.payments AS p
    INNER JOIN notices AS n
        ON n.notice_no = p.notice_no AND n.unit_code = p.unit_code AND n.figure_source = p.figure_source
    WHERE p.status = 'paid' AND p.value_on > n.use_by_on
),
issued_to AS (
    SELECT a.notice_no, MIN(COALESCE(u.unit_name, a.unit_code)) AS unit_zh
    FROM allotted AS a
    LEFT JOIN facts.units AS u ON u.unit_code = a.unit_code
    WHERE a.unit_code IS NOT NULL
    GROUP BY a.notice_no
),
unknown AS (
    SELECT p.unit_code, p.row_id, p.payment_id, p.batch_no, p.notice_no, i.unit_zh
    FROM matched.payments AS p
    LEFT JOIN issued_to AS i ON i.notice_no = p.notice_no
    WHERE p.notice_no IS NOT NULL AND p.status <> 'held'
        AND EXISTS (SELECT 1 FROM facts.allotments)
        AND NOT EXISTS (
            SELECT 1 FROM allotted AS a
            WHERE a.notice_no = p.notice_no AND (a.unit_code = p.unit_code OR a.unit_code IS NULL)
        )
)
SELECT
    'R17.over' AS rule_id, unit_code, 'rosters' AS kind, CAST(NULL AS VARCHAR) AS row_id, CAST(NULL AS VARCHAR) AS field,
    CAST(NULL AS VARCHAR) AS value_text, CONCAT_WS('|', 'notice', notice_no, unit_code, figure_source) AS subject_key,
    CAST(NULL AS VARCHAR) AS batch_no, notice_no, CAST(spent_yuan AS VARCHAR) AS arg1,
    CAST(allotted_yuan AS VARCHAR) AS arg2, CAST(excess_yuan AS VARCHAR) AS arg3, source_zh AS arg4,
    CAST(line_count AS VARCHAR) AS arg5, CAST(NULL AS VARCHAR) AS arg6
FROM over_spent
UNION ALL
SELECT
    'R17.late', unit_code, 'rosters', row_id, NULL, person_name, CONCAT_WS('|', 'rosters', unit_code, payment_id),
    batch_no, notice_no, CAST(value_on AS VARCHAR), CAST(use_by_on AS VARCHAR), NULL, NULL, NULL, NULL
FROM late
UNION ALL
SELECT
    CASE WHEN unit_zh IS NULL THEN 'R17.unknown_notice' ELSE 'R17.other_units_notice' END,
    unit_code, 'rosters', row_id, 'notice_no', notice_no, CONCAT_WS('|', 'rosters', unit_code, payment_id),
    batch_no, notice_no, unit_zh, NULL, NULL, NULL, NULL, NULL
FROM unknown
