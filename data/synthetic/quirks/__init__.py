"""What untidy but honest offices do: one module a quirk, each with a switch. None of them is a fault.

A quirk has up to three moments. `happen` edits records before the banks work: statements, lists and truth follow.
`book` edits what the statements show. `send` edits or adds papers; what happened stays as it was. No quirk moves a fen
of the clean year's figures; what a county adds of its own stands beside them. A quirk that does not fit a very small
sample (no county with a 基本户, no list in February) leaves it as it is.

`registry.py` names them all, in the order of the list of practices.
"""
