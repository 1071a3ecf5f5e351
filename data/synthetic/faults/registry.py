"""All faults in the order in which they choose, and those that a word asks for."""

from data.synthetic.faults.fault import Fault
from data.synthetic.faults.money import MONEY
from data.synthetic.faults.people import PEOPLE
from data.synthetic.faults.structure import STRUCTURE

FAULTS: tuple[type[Fault], ...] = (*MONEY, *PEOPLE, *STRUCTURE)
LETTERS = ("S", "M")  # stand for all rules of structure, all of matching


class UnknownFaultError(ValueError):
    """No fault of this name is planted."""


def chosen(words: str) -> list[Fault]:
    """`all`, `none`, or rules with or without detail, separated by commas; `S` and `M` for all of the letter."""
    if words in ("all", "none"):
        return [fault() for fault in FAULTS] if words == "all" else []
    asked = [word.strip() for word in words.split(",")]
    for word in asked:
        if not any(_asks_for(word, fault) for fault in FAULTS):
            raise UnknownFaultError(f"no fault {word!r}; there are all, none, {', '.join(known())}")
    return [fault() for fault in FAULTS if any(_asks_for(word, fault) for word in asked)]


def known() -> list[str]:
    """Every rule id that can be planted."""
    return sorted({fault.rule_id for fault in FAULTS})


def _asks_for(word: str, fault: type[Fault]) -> bool:
    if word in LETTERS:
        return fault.rule_id.startswith(word)
    return fault.rule_id == word or fault.rule_id.startswith(f"{word}.")
