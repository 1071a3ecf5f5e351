"""`explain` says of every rule of matching what it means."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
RULE = re.compile(r"'(M\d\d\.[a-z_]+)'")


def test_every_rule_of_a_match_has_words() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "transforms/matched").glob("*.sql")]
    rules = {rule for text in texts for rule in RULE.findall(text)}
    phrases = yaml.safe_load((ROOT / "flows/words.yaml").read_text("utf-8"))["phrases"]
    assert len(rules) > 15
    assert {rule for rule in rules if f"match.{rule}" not in phrases} == set()
