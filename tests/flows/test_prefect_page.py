"""What an operator finds on the server after a killed ingest and the one that came after: all of it, and nobody."""

import json
from typing import Any

import pytest

from tests.support.watched import PERSONS, Watched

pytestmark = [pytest.mark.flows, pytest.mark.slow]


def tables(watched: Watched) -> dict[str, Any]:
    """Key → content, of the last run's artifacts."""
    run = watched.runs()[0]
    found = watched.asked("artifacts/filter", flow_runs={"id": {"any_": [run["id"]]}})
    return {each["key"]: each["data"] for each in found}


def rows(watched: Watched, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(tables(watched)[key])
    return found


def test_the_next_command_completes_what_a_killed_one_began(watched: Watched) -> None:
    assert watched.ran.code == 11, watched.ran.err
    after, before = watched.runs()
    assert (after["name"], after["state_type"]) == ("收文入库", "COMPLETED")
    assert before["state_type"] == "CRASHED", "or the page would show it as running for ever"
    assert "中途断了" in before["state"]["message"]
    left = {each["state_type"] for each in watched.asked("task_runs/filter", limit=200)}
    assert left <= {"COMPLETED", "CRASHED"}


def test_every_task_run_of_a_command_is_on_record(watched: Watched) -> None:
    run = watched.runs()[0]
    of_run = {"flow_runs": {"id": {"any_": [run["id"]]}}, "sort": "NAME_ASC", "limit": 200}  # the server's most at once
    pages = [watched.asked("task_runs/filter", offset=offset, **of_run) for offset in (0, 200)]
    tasks = [task for page in pages for task in page]
    assert 0 < len(pages[1]) < 200
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}
    names = [task["name"] for task in tasks]
    assert len(names) == len(set(names))
    assert {"list", "judged", "published", "marts.payments"} <= set(names)
    read = sorted(name.split(" ")[2] for name in names if name.startswith("read "))
    assert read == sorted(row["sha256"][:6] for row in watched.ran.document["rows"])


def test_the_tables_say_what_came_what_was_returned_what_is_open_and_where(watched: Watched) -> None:
    came = {row["编号"]: row for row in rows(watched, "intake-files")}
    assert len(came) == len(watched.ran.document["rows"])
    assert {"已接收"} <= {row["状态"] for row in came.values()}
    returned = rows(watched, "intake-returned")
    assert ("岳阳市总工会/王**的发放表.csv", "退回补正") in {(row["文件"], row["级别"]) for row in returned}
    assert all(row["原因"] and row["办法"] for row in returned)
    opened = {row["规则"]: row for row in rows(watched, "intake-open")}
    assert {"S.type", "S.unreadable", "S.refused_format"} <= set(opened)
    assert all(row["单位"] and row["事项"] for row in opened.values())
    where = [row["位置（相对工作区）"] for row in rows(watched, "intake-where")]
    assert "published/analyst.duckdb" in where
    for path in where:
        assert "*" in path or (watched.workspace / path).exists()


def test_the_note_is_chinese_and_ends_with_the_next_step(watched: Watched) -> None:
    note = tables(watched)["intake"]
    for heading in ("结果与原因", "待处理问题", "文件所在", "下一步"):
        assert f"### {heading}" in note
    assert "退回补正" in note
    assert "mingzhang check" in note.partition("### 下一步")[2]


def test_nobody_is_named_to_the_server(watched: Watched) -> None:
    """Not in artifacts, logs, names of task runs, parameters or states; file names carry people's names, too."""
    rooms = ("flow_runs", "task_runs", "artifacts", "logs", "events")
    said = "\n".join(json.dumps(watched.asked(f"{room}/filter"), ensure_ascii=False) for room in rooms)
    said += "\n".join(f"{row}" for key in tables(watched) if key != "intake" for row in rows(watched, key))
    assert "王**的发放表" in said
    assert [name for name in PERSONS if name in said] == []
