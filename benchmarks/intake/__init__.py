"""Intake against the bare engines: `python -m benchmarks.intake`."""
