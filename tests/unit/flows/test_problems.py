import re
from pathlib import Path

import pytest
import yaml

from flows.problems import Exit, problem, worst
from flows.words import speaking

ROOT = Path(__file__).parents[3]
WORDS = yaml.safe_load((ROOT / "flows/words.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], 0),
        ([10], 10),
        ([13, 10], 13),
        ([10, 11, 13], 11),
        ([11, 12], 12),
        ([12, 16], 16),
        ([16, 14], 14),
        ([14, 15], 15),
        ([10, 11, 12, 13, 14, 15, 16, 70], 70),
    ],
)
def test_several_codes_at_once(codes: list[int], expected: int) -> None:
    assert worst(Exit(code) for code in codes) == expected


def test_problem_is_told_in_both_languages() -> None:
    chinese = problem("usage.month", value="2021-13")
    with speaking("en"):
        english = problem("usage.month", value="2021-13")
    assert "2021-13" in chinese.message
    assert "2021-13 is not a month" in english.message
    assert english.way_out != chinese.way_out


def test_every_sentence_has_both_languages_with_the_same_details() -> None:
    sentences = dict(WORDS["phrases"])
    for code, said in WORDS["problems"].items():
        sentences |= {f"{code}.message": said["message"], f"{code}.way_out": said["way_out"]}
    assert len(sentences) > 100
    for key, sentence in sentences.items():
        assert set(sentence) == {"zh", "en"}, key
        details = [set(re.findall(r"\{(\w+)\}", sentence[language])) for language in ("zh", "en")]
        assert details[0] == details[1], key


def test_every_key_that_code_names_is_there() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "flows").rglob("*.py")))
    said = set(re.findall(r'\b(?:say|warn|working_on)\(\s*"([\w.]+)"', text))
    told = set(re.findall(r'\bproblem\(\s*"([\w.]+)"', text)) | set(
        re.findall(r'\brefuse\(\s*Exit\.\w+,\s*"([\w.]+)"', text)
    )
    assert len(said) > 15
    assert len(told) > 15
    assert said - set(WORDS["phrases"]) == set()
    assert told - set(WORDS["problems"]) == set()
