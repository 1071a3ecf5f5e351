"""The `mingzhang` command: thin; what a command does is a keyword-only function in flows/."""
