"""Bytes → sheets of text cells → recognised tables. No value is interpreted here beyond its header and place."""
