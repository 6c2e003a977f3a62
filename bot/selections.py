"""Many submissions decided in one act: what can be is done, the rest is named with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from bot import rounds, telling
from store import submissions
from store.acts import By, record
from store.errors import KpiError, NotAllowed, Stale
from store.people import Act, Who, permit
from store.submissions import Submission


@dataclass(frozen=True)
class Skipped:
    """A submission that was left as it is, with a sentence why."""

    submission: Submission
    why: str


@dataclass(frozen=True)
class Done:
    """What one act did to a selection, in its order."""

    done: tuple[Submission, ...]
    skipped: tuple[Skipped, ...]


def accept_all(db: Database, by: By, person: Who, numbers: Sequence[int]) -> Done:
    """Approve a selection as a planner: one message to each person who is told.

    What was settled meanwhile, waits for 課長確認 or is one's own is skipped. Raises NotAllowed for
    anybody who may not approve at all, Stale for a number that is no submission.
    """
    permit(by, person, Act.APPROVE, _subject(numbers))
    return _each(db, by, numbers, lambda number: submissions.approve(db, by, number))


def turn_back_all(
    db: Database, by: By, person: Who, numbers: Sequence[int], new_due: date | None = None
) -> Done:
    """Send a selection back with one reason (`by.reason`)."""
    found = [submissions.submission(db, number) for number in numbers]
    for each in found:
        rounds.permit_return(db, by, person, each)
    due = new_due.isoformat() if new_due else None
    return _each(db, by, numbers, lambda number: submissions.send_back(db, by, number, due))


def confirm_all(db: Database, by: By, person: Who, numbers: Sequence[int]) -> Done:
    """課長確認 of a selection as the department's lead or their deputy; planners are asked next."""
    today = by.at.date()

    def confirm(number: int) -> Submission:
        found = submissions.submission(db, number)
        owning = rounds.department_of(db, found, today)
        permit(by, person, Act.CONFIRM, f"submission:{number}", owning)
        away = person.stands_in_at(owning.id) if owning else None
        lead = away.user if away and owning and owning.id not in person.leads else None
        return submissions.confirm(db, by, number, lead)

    if len(numbers) == 1:
        return _confirmed(db, by, Done((confirm(numbers[0]),), ()))
    return _confirmed(db, by, _tried(db, numbers, confirm))


def _confirmed(db: Database, by: By, done: Done) -> Done:
    telling.settled(db, by, done.done)
    telling.ask(db, by, "planner", done.done)
    return done


def _each(db: Database, by: By, numbers: Sequence[int], act: Callable[[int], Submission]) -> Done:
    done = _tried(db, numbers, act)
    rounds.decided(db, by, done.done)
    return done


def _tried(db: Database, numbers: Sequence[int], act: Callable[[int], Submission]) -> Done:
    """Each verb looks before it writes, so that a refusal leaves nothing of its submission behind."""
    done: list[Submission] = []
    skipped: list[Skipped] = []
    for number in numbers:
        try:
            done.append(act(number))
        except (NotAllowed, Stale) as error:
            _refused(db, error)
            skipped.append(Skipped(submissions.submission(db, number), str(error)))
    return Done(tuple(done), tuple(skipped))


def _refused(db: Database, error: KpiError) -> None:
    """The trace that `store.inbox.once` leaves where the whole act is refused."""
    if isinstance(error, NotAllowed):
        record(db, error.by.because(str(error)), error.act, error.subject, "denied")


def _subject(numbers: Sequence[int]) -> str:
    return f"submissions:{','.join(map(str, numbers[:20]))}"
