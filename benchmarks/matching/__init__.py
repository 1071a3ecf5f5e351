"""How long matching takes, beside the engine's own join of the two tables. Run: python -m benchmarks.matching"""
