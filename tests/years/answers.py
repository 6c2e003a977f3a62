"""What has to be said because somebody did something, and what is rewritten where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from tests.hall import PLAN
from tests.years.calendar import opens
from tests.years.facts import FOLLOWED, FOLLOWER, LEAD, NEWS_CHANNEL, PEOPLE, PLANNERS, Act, Facts
from tests.years.mornings import Reminders
from tests.years.said import Said
from tests.years.standing import owed


def asked(facts: Facts) -> Iterator[tuple[str, Said]]:
    """Requests, and what each of them then says."""
    edits = defaultdict[str, int](int)
    requests: dict[int, list[str]] = defaultdict(list)
    for act in facts.acts:
        for key in dict.fromkeys(k for n in act.figures for k in requests[n]):
            if act.what in {"approved", "returned", "confirmed"}:
                again = str(edits[key] or "")
                edits[key] += 1
                user = key.rsplit(":", 1)[1]
                yield f"{key}:decided{again}", Said(act.day, user, ("decided",))
        for key, user in _requests(act, facts):
            yield key, Said(act.day, user, ("asked",))
            for number in act.figures:
                requests[number].append(key)


def _requests(act: Act, facts: Facts) -> Iterator[tuple[str, str]]:
    many = "s" if len(act.figures) > 1 else ""
    if act.what in {"gave", "awaits"} and act.to_lead:
        yield f"confirm{many}:{act.first}:{LEAD[act.department]}", LEAD[act.department]
    elif act.what in {"gave", "awaits", "confirmed"}:
        givers = {facts.figure(number).user for number in act.figures}
        for planner in PLANNERS:
            if planner not in givers:
                yield f"approval{many}:{act.first}:{planner}", planner


def told(facts: Facts) -> Iterator[tuple[str, Said]]:
    """Outcomes, what becomes of a proposal to lock, a stage that was closed."""
    locks = 0
    for act in facts.acts:
        if act.what in {"approved", "returned"}:
            many = "s" if len(act.figures) > 1 else ""
            for user in dict.fromkeys(_concerned(facts, act)):
                yield f"outcome{many}:{act.first}:{user}", Said(act.day, user, ("outcome",))
        if act.what == "closed":
            key = f"stage-closed:{PLAN}:{act.collection}:{act.stage}:{NEWS_CHANNEL}"
            yield key, Said(act.day, NEWS_CHANNEL, ("closed",))
        if act.what == "locked":
            locks += 1
            proposer, other = act.user, next(each for each in PLANNERS if each != act.user)
            yield f"lock:{locks}:{other}", Said(act.day, other, ("lock",))
            yield f"lock:{locks}:{other}:settled", Said(act.day, other, ("lock",))
            yield f"lock-settled:{locks}:{proposer}", Said(act.day, proposer, ("lock",))


def news(facts: Facts) -> Iterator[tuple[str, Said]]:
    """One message an hour; in the story what is approved on a day is approved within one."""
    hours = 0
    for day, acts in groupby((a for a in facts.acts if a.what == "approved"), lambda a: a.day):
        approved = list(acts)
        values = [i for act in approved for n, i in act.figures.items() if _is_value(facts, n)]
        hours += bool(values)
        audiences = [FOLLOWER] if any(i.startswith(FOLLOWED) for i in values) else []
        audiences += [NEWS_CHANNEL] if any(act.new_verdicts for act in approved) else []
        for audience in audiences:
            yield f"news:{hours}:{audience}", Said(day, audience, ("news",))


def _is_value(facts: Facts, number: int) -> bool:
    return facts.figure(number).what == "gave"


def _concerned(facts: Facts, act: Act) -> Iterator[str]:
    for number in act.figures:
        gave = facts.figure(number)
        yield gave.user
        yield from filter(None, [gave.corrects])
        yield from PEOPLE[act.department]


def rewritten(facts: Facts, reminders: Reminders) -> Iterator[tuple[str, Said]]:
    """Reminders that now say 提出済み, or until when they are held back."""
    times = defaultdict[str, int](int)
    for act in facts.acts:
        if act.what == "held":
            for said, key in _newest(reminders, act.department, act):
                times[act.department] += 1
                number = times[act.department]
                yield f"{key}:held:{act.department}:{number}", Said(act.day, said, ("held",))
        if act.what in {"gave", "awaits", "locked"}:
            for department in PEOPLE if act.what == "locked" else [act.department]:
                if not owed(facts, department, act.day + timedelta(days=1)):
                    for said, key in _newest(reminders, department, act):
                        yield f"{key}:done:{department}", Said(act.day, said, ("done",))


def _newest(reminders: Reminders, department: str, act: Act) -> Iterable[tuple[str, str]]:
    """The last reminder of a department to each audience in the collection: audience and key."""
    found = {
        said.audience: key
        for key, (said, about) in reminders.items()
        if department in about and opens(act.collection) <= said.day <= act.day and not said.unsaid
    }
    return found.items()
