"""The only place where a table or a rule is defined."""
