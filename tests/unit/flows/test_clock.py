"""What people read of the clock is told in the workspace's zone, wherever the machine stands."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.edges import clock
from flows.edges.intake import open_moments
from flows.edges.warehouse import open_warehouse
from flows.edges.workspace import Workspace


@pytest.fixture
def machine_in_utc() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("machine_in_utc")
def test_a_zone_is_not_the_machines() -> None:
    ahead = clock.now("Asia/Shanghai") - clock.now("UTC")
    assert timedelta(hours=7, minutes=59) < ahead < timedelta(hours=8, minutes=1)
    assert clock.now("Asia/Shanghai").tzinfo is None


@pytest.mark.usefixtures("machine_in_utc")
def test_a_file_is_received_by_the_workspaces_clock(tmp_path: Path) -> None:
    (tmp_path / "mingzhang.toml").write_text(
        'unit = "岳阳市总工会"\nregion = "430600"\ntime_zone = "Asia/Shanghai"\n', "utf-8"
    )
    with open_warehouse(Workspace(tmp_path), command="test") as warehouse:
        [moment] = open_moments(warehouse, ["ab"]).values()
    assert timedelta(hours=7, minutes=58) < moment.opened_at - datetime.now() < timedelta(hours=8, minutes=1)
