"""「グラフ」 to its end: Slack's own chart beside the picture, and what happens without it."""

from __future__ import annotations

import os
import signal
from fcntl import ioctl
from pathlib import Path
from struct import unpack
from termios import FIONREAD

from tests.bot.office import Office
from tests.bot.people import Person
from tests.sandbox.hands import Json, soon

SENT = "のグラフを、kpibot との DM に送りました"


def note(person: Person, indicator: str = "1-1b") -> Json:
    """Press 「グラフ」; what is said where it was pressed."""
    asked = person.asks(indicator).message
    before = len(person.reads("C0STAFF", SENT))
    person.clicks("グラフ", asked, wait=0)
    assert soon(lambda: len(person.reads("C0STAFF", SENT)) > before)
    return person.reads("C0STAFF", SENT)[-1]


def native(message: Json) -> list[Json]:
    return [block for block in message["blocks"] if block["type"] == "data_visualization"]


def test_slacks_own_chart_stands_where_the_button_was_pressed(
    office: Office, staff: Person
) -> None:
    said = note(staff)
    (chart,) = native(said)
    assert chart["title"] == "サンプル（架空の値） 保育所（園）待機児童数 R4〜R5"
    assert [series["name"] for series in chart["chart"]["series"]] == ["値", "目標 R7"]
    assert said["ephemeral_to"] == "U0STAFF"
    assert "R4 26人、R5 23人" in said["text"]
    assert len(staff.inbox("保育所（園）待機児童数の推移")) == 1
    assert office.refused_by_slack() == []


def test_series_are_told_apart_in_slacks_own_chart(staff: Person) -> None:
    (chart,) = native(note(staff, "2-2a"))
    names = [series["name"] for series in chart["chart"]["series"]]
    assert names == ["男性", "女性", "男性 目標 R7", "女性 目標 R7"]


def test_a_workspace_without_native_charts_gets_the_same_message_without_it_once(
    office: Office, staff: Person
) -> None:
    office.hands.arm("native_charts_off")
    said = note(staff)
    assert native(said) == []
    assert len(staff.reads("C0STAFF", SENT)) == 1
    assert len(staff.inbox("保育所（園）待機児童数の推移")) == 1
    assert [line["error"] for line in office.refused_by_slack()] == ["invalid_blocks"]
    assert len(native(note(staff))) == 1


def test_a_note_of_unknown_outcome_is_not_said_again(office: Office, staff: Person) -> None:
    asked = staff.asks("1-1b").message
    office.hands.arm("server_error", method="response_url", effect="after", times=2)
    staff.clicks("グラフ", asked, wait=0)
    assert soon(lambda: staff.reads("C0STAFF", SENT))
    office.settles()
    assert len(staff.reads("C0STAFF", SENT)) == 1


def test_a_value_that_waits_is_in_the_picture_only_and_for_those_who_may_see_it(
    office: Office, child: Person
) -> None:
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    said = note(child)
    assert "12人（確認中）" in said["text"]
    (chart,) = native(said)
    assert chart["chart"]["axis_config"]["categories"] == ["R4", "R5"]


def test_a_drawing_that_fails_is_said_in_a_sentence_and_the_next_chart_works(
    office: Office, staff: Person
) -> None:
    worker = at_work(office, staff)
    asked = staff.asks("2-2a").message
    os.kill(worker, signal.SIGSTOP)
    staff.clicks("グラフ", asked, wait=0)
    assert soon(lambda: has_work(worker))
    os.kill(worker, signal.SIGKILL)
    assert soon(lambda: staff.reads("C0STAFF", "のグラフを送れませんでした"))
    assert native(note(staff, "2-2a"))
    assert workers() != [worker]


def test_no_ack_waits_for_a_drawing(office: Office, staff: Person) -> None:
    worker = at_work(office, staff)
    asked, before = staff.asks("2-2a").message, len(staff.reads("C0STAFF", SENT))
    os.kill(worker, signal.SIGSTOP)
    try:
        assert staff.clicks("グラフ", asked, wait=0).ack_ms < 3000
        assert soon(lambda: has_work(worker))
        assert staff.hurried.asks("1-1").message
    finally:
        os.kill(worker, signal.SIGCONT)
    assert soon(lambda: len(staff.reads("C0STAFF", SENT)) > before)


def at_work(office: Office, staff: Person) -> int:
    """The process that draws, with every chart still to be drawn."""
    for _ in range(2):
        for kept in (office.folder / "charts").glob("*.png"):
            kept.unlink()
        if not workers():
            note(staff)
    (worker,) = workers()
    return worker


def workers() -> list[int]:
    """The processes that draw for this one."""
    tasks = Path("/proc/self/task").iterdir()
    children = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    return [
        pid
        for pid in children
        if "reports.charting.worker" in Path(f"/proc/{pid}/cmdline").read_text()
    ]


def has_work(worker: int) -> bool:
    """Something waits in the line to a process that is held."""
    with Path(f"/proc/{worker}/fd/0").open("rb", buffering=0) as line:
        return bool(unpack("i", ioctl(line, FIONREAD, bytes(4)))[0])
