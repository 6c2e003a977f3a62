"""Words taught for an indicator, a policy or a goal: proposed, learnt or declined, forgotten again.

What is read by them is decided here and nowhere else: `reading` gives the plan as questions are
read by it, from the moment of a decision on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from store.acts import By, append, rows
from store.errors import NotAllowed, Stale
from store.kept import Same
from store.plan import Plan
from store.spelling import key
from store.taught import Learnt, Subject, taught

Decided = Literal["learn", "decline", "forget"]
OUTCOMES: dict[Decided, str] = {
    "learn": "覚えました",
    "decline": "見送りました",
    "forget": "取り消しました",
}
OWN = "ご自身の提案は承認できません。ほかの企画担当が決めます。"
_MOST_HELD = 16


@dataclass(frozen=True)
class Alias:
    """Words that `actor` proposed for `subject`, and what was last decided (None: nothing yet)."""

    id: int
    plan: str
    subject: Subject
    words: str
    at: str
    actor: str
    decided: Decided | None
    decided_at: str | None
    decided_by: str | None


def propose(db: Database, by: By, plan: str, subject: Subject, words: str) -> Alias:
    """Propose words, which are not the plan's own (see `answers.teachable`), inside a transaction.

    Raises Stale when the same words wait for a decision or are learnt already.
    """
    for known in _found(db, "plan = ? AND key = ?", [plan, key(words)]):
        if known.decided is None:
            raise Stale(f"「{words}」はすでに提案されていて、企画担当が確認しています。")
        if known.decided == "learn":
            raise Stale(f"「{words}」はすでに覚えています。")
    kind, name = subject
    number = append(
        db, "aliases", by, plan=plan, kind=kind, subject=name, words=words, key=key(words)
    )
    return alias(db, number)


def learn(db: Database, by: By, number: int, *, alone: bool = False) -> Alias:
    """From now on the words are read so. One's own only when `alone`, with no other planner there.

    Raises Stale when it was decided before, NotAllowed for one's own.
    """
    if undecided(db, number).actor == by.actor and not alone:
        raise NotAllowed(OWN, by, "administer", f"alias:{number}")
    return _decide(db, by, number, "learn")


def decline(db: Database, by: By, number: int) -> Alias:
    """The words are not learnt. Raises Stale when it was decided before."""
    undecided(db, number)
    return _decide(db, by, number, "decline")


def forget(db: Database, by: By, number: int) -> Alias:
    """Words that were learnt are no longer read so. Raises Stale when they are not learnt now."""
    found = alias(db, number)
    if found.decided != "learn":
        raise Stale(_moved_on(found) if found.decided else "この言い方はまだ覚えていません。")
    return _decide(db, by, number, "forget")


def alias(db: Database, number: int) -> Alias:
    """One alias as it stands. Raises Stale when there is none of that number."""
    found = _found(db, "id = ?", [number])
    if not found:
        raise Stale("この言い方の提案は見つかりません。")
    return found[0]


def undecided(db: Database, number: int) -> Alias:
    """The alias, still waiting. Raises Stale, saying what became of it, when it is not."""
    found = alias(db, number)
    if found.decided is not None:
        raise Stale(_moved_on(found))
    return found


def waiting(db: Database, plan: str) -> list[Alias]:
    """What waits for a decision, oldest first."""
    return _found(db, "plan = ? AND decided IS NULL", [plan])


def learnt(db: Database, plan: str) -> list[Alias]:
    """What is read by now, in the order in which it was proposed."""
    return _found(db, "plan = ? AND decided = 'learn'", [plan])


_held: dict[tuple[Same[Plan], str], Plan] = {}


def reading(db: Database, plan: Plan) -> Plan:
    """The plan as questions are read by it now: with what was learnt for it.

    Costs a look at the newest decision; the plan is the same object until there is another one.
    """
    row = db.execute("SELECT mark FROM alias_decisions ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return plan
    place = (Same(plan), str(row[0]))
    found = _held.get(place)
    if found is None:
        if len(_held) >= _MOST_HELD:
            _held.clear()
        found = taught(plan, [Learnt(one.subject, one.words) for one in learnt(db, plan.id)])
        _held[place] = found
    return found


def _decide(db: Database, by: By, number: int, decided: Decided) -> Alias:
    append(db, "alias_decisions", by, alias=number, kind=decided)
    return alias(db, number)


def _moved_on(found: Alias) -> str:
    said = OUTCOMES[found.decided or "learn"]
    when = (found.decided_at or "")[:16].replace("T", " ")
    return f"この言い方は<@{found.decided_by}> さんが{said}（{when}）。変更はありません。"


def _found(db: Database, where: str, args: list[Any]) -> list[Alias]:
    return [
        _alias(r) for r in rows(db, f"SELECT * FROM alias_states WHERE {where} ORDER BY id", args)
    ]


def _alias(row: dict[str, Any]) -> Alias:
    return Alias(
        row["id"],
        row["plan"],
        (row["kind"], row["subject"]),
        row["words"],
        row["at"],
        row["actor"],
        row["decided"],
        row["decided_at"],
        row["decided_by"],
    )
