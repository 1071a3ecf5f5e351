-- 专项资金余额
-- Grain: one row per account, month end and figure source, out_of_scope among them; together the account's balance.
-- Reads: agreement.fund_balances.
SELECT city_code, account_last4, month_end_on, fund_source, balance_yuan
FROM agreement.fund_balances
ORDER BY city_code, account_last4, month_end_on, fund_source, account_key
