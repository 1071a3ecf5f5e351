"""Speed as a ratio against a named peer in the same run; figures in docs/performance.md."""
