"""Recognised tables → typed rows, one module a kind. Nothing is dropped and nothing is guessed: what cannot be read is
null, with a problem that names the cell.
"""
