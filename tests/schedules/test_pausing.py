"""A kind that is paused is taken out of a merged message, and the rest still goes."""

from __future__ import annotations

from datetime import date

from schedules.due import PAUSED, Debt, Occasion, Queue, Scene
from schedules.occasions import occasions
from schedules.pausing import unless_paused
from tests.schedules.stand_in import moment

DUE = date(2026, 6, 12)
SCENE = Scene(
    "p",
    2025,
    date(2026, 5, 11),
    debts=(Debt("children", "こども課", ("U1",), frozenset({DUE})),),
    queues=(Queue("confirm", "U1", frozenset({date(2026, 6, 8)}), "children"),),
)


def found(*paused: str) -> list[Occasion]:
    merged = occasions(SCENE, moment("2026-06-12 08:00"), moment("2026-06-12 09:00"))
    return unless_paused(merged, frozenset(paused))


def test_nothing_is_parted_while_nothing_is_paused() -> None:
    (message,) = found()
    assert [topic.matter for topic in message.topics] == ["owed", "confirm"]


def test_without_nudges_the_reminder_goes_alone_and_the_rest_is_recorded() -> None:
    reminder, nudge = found("nudge")
    assert (reminder.lapsed, reminder.key) == (False, "remind:2026-06-12:U1")
    assert [topic.matter for topic in reminder.topics] == ["owed"]
    assert reminder.title == "提出のお願い（こども課）"
    assert (nudge.lapsed, nudge.key, nudge.why) == (True, "nudge:2026-06-12:U1", PAUSED)


def test_without_reminders_the_approvals_still_go() -> None:
    reminder, nudge = found("reminder")
    assert (reminder.lapsed, nudge.lapsed) == (True, False)
    assert [topic.matter for topic in nudge.topics] == ["confirm"]
