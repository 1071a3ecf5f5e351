"""The only code that touches files, DuckDB connections, the clock, the network."""
