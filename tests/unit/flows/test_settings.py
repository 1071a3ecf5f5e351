import tomllib
from pathlib import Path

import pytest
import yaml

from flows.edges.settings import read_settings
from flows.problems import Exit, Refusal

ROOT = Path(__file__).parents[3]
LEAST = 'unit = "岳阳市总工会"\nregion = "430600"\n'


def stated(folder: Path, text: str) -> Path:
    path = folder / "mingzhang.toml"
    path.write_text(text, "utf-8")
    return path


def test_defaults(tmp_path: Path) -> None:
    settings = read_settings(stated(tmp_path, LEAST))
    assert (settings.unit, settings.region) == ("岳阳市总工会", "430600")
    assert (settings.execution_basis, settings.extended_cutoff) == ("disbursed", "lunar_new_year_eve")
    assert (settings.score_cutoff, settings.rate_decimals, settings.time_zone) == ("fiscal", 2, "Asia/Shanghai")


def test_sections(tmp_path: Path) -> None:
    text = LEAST + '[match]\nbatch_window_days = 20\n[alerts]\nred_gap = 0.3\n[rules]\nR12 = "observe"\n'
    settings = read_settings(stated(tmp_path, text))
    assert settings.parameters == {"match.batch_window_days": 20, "alerts.red_gap": 0.3}
    assert settings.rule_modes == {"R12": "observe"}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('execution_basis = "paid"', "execution_basis"),
        ('extended_cutoff = "02-30"', "extended_cutoff"),
        ('extended_cutoff = "31 January"', "extended_cutoff"),
        ("rate_decimals = 2.5", "rate_decimals"),
        ('time_zone = "Asia/Yueyang"', "time_zone"),
        ('colour = "red"', "colour"),
        ('[rules]\nR12 = "loud"', "rules.R12"),
        ("[match]\nbatch_window_days = true", "match.batch_window_days"),
        ('match = "near"', "match"),
    ],
)
def test_a_wrong_value_is_refused_by_name(tmp_path: Path, line: str, key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_settings(stated(tmp_path, LEAST + line))
    assert refusal.value.exit_code == Exit.USAGE
    assert [key in each.message for each in refusal.value.problems] == [True]


def test_all_wrong_keys_at_once(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        read_settings(stated(tmp_path, "region = 430600\nspeed = 1\n"))
    assert len(refusal.value.problems) == 3  # no unit, region no text, speed unknown


def test_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        read_settings(stated(tmp_path, "unit = 岳阳市总工会"))


def test_defaults_shown_in_the_template_are_the_shipped_ones() -> None:
    template = (ROOT / "data/workspace/mingzhang.toml").read_text("utf-8")
    uncommented = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and " = " in line and "·" not in line.split(" = ")[0] else line
        for line in template.splitlines()
    )
    document = tomllib.loads(uncommented)
    shown = {(group, key): value for group in ("match", "visits", "alerts") for key, value in document[group].items()}
    assert len(shown) == 16
    for (group, key), value in shown.items():
        shipped = yaml.safe_load((ROOT / f"data/policy/parameters/{group}/{key}.yaml").read_text("utf-8"))
        assert shipped["values"][-1]["value"] == value, key
