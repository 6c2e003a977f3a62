"""承認の一覧 and 課長確認の一覧, as things stand for whoever looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.away import away_lines
from answers.queue import queue_view
from answers.queue_state import Chosen, Waiting
from answers.spans import Line
from bot import rounds, telling
from bot.desk import Desk
from store import absences, departments, directory, submissions
from store.people import Act, Who
from store.requests import Stage
from store.submissions import Submission


def queue(
    desk: Desk, person: Who, stage: Stage, chosen: Chosen, said: Sequence[Line] = ()
) -> dict[str, Any]:
    """The list's view for this person now."""
    return queue_view(waiting(desk, person, stage), chosen, directory.names(desk.db), said)


def waiting(desk: Desk, person: Who, stage: Stage) -> Waiting:
    """What waits for this person, by department in the order they were made, then as given."""
    db, today = desk.db, desk.today
    known = departments.departments(db, today)
    order = {department: n for n, department in enumerate(known)}
    everything = sorted(submissions.waiting(db), key=lambda s: order.get(s.department, len(order)))
    if stage == "lead":
        mine = [s for s in everything if _to_confirm(desk, person, s)]
        return Waiting("lead", tuple(telling.seen(db, mine, today)))
    ready = [s for s in everything if not s.awaits_lead]
    own = [s for s in ready if submissions.not_by(db, s, person.user)]
    names = directory.names(db)
    return Waiting(
        "planner",
        tuple(telling.seen(db, (s for s in ready if s not in own), today)),
        tuple(telling.seen(db, own, today)),
        len(everything) - len(ready),
        {d.id: d.name for d in known.values()},
        submissions.newest_number(db),
        away_lines(absences.absences(db, today), names, today, absences.PLANNER),
    )


def _to_confirm(desk: Desk, person: Who, found: Submission) -> bool:
    owning = rounds.department_of(desk.db, found, desk.today)
    return found.awaits_lead and found.actor != person.user and person.may(Act.CONFIRM, owning)
