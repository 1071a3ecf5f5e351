"""What a cell that cannot be read raises, from the typing functions to the draft that collects it."""

from __future__ import annotations


class UnreadableError(ValueError):
    """A text that is not what its column holds. `why`: in Chinese, ends the sentence “… 不是…”."""

    def __init__(self, why: str, rule_id: str = "S.type") -> None:
        super().__init__(why)
        self.why = why
        self.rule_id = rule_id
