"""What people decide and what is merely known, as data with source and dates."""
