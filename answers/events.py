"""What was done to a figure, in words: as far as whoever reads it may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from answers.card import LABELS, fact_said
from answers.content import cut
from answers.event_words import LONGER, REVISED, STEPS, SURFACES, WORDS
from answers.facts import show_day
from answers.setting_words import channel_of, setting_said
from answers.spans import one_line
from answers.words import SAMPLE
from reports.progress.model import OVERALL, TITLES
from store.cards import FIELDS
from store.cycle import dates_named
from store.fiscal import era
from store.ledger import Event
from store.ledger_rows import What
from store.people import Who
from store.periods import default_period, show_period
from store.plan import Plan
from store.remarks import DIRECTIONS
from store.revised import Changes
from store.showing import show_values
from store.submissions import Submission
from store.telling import values_said

UNDONE = "（記入を取り消し）"
AS_DRAFTED = "（下書きに戻す）"
MOST_OF_TEXT = 200
HIDDEN_OPEN = "値は承認後に表示"
HIDDEN = "値は担当課と企画担当に表示"


@dataclass(frozen=True)
class Reader:
    """Who reads the history, and what they need to: names by id, and who owns what today."""

    who: Who
    plan: Plan
    names: Mapping[str, str]
    owning: Mapping[str, str]
    today: date

    def owner(self, subject: str) -> str | None:
        """The id of the department that owns an indicator or policy."""
        found = self.plan.by_id.get(subject)
        return self.owning.get(subject) or self.owning.get((found and found.policy) or "")

    def sees_all_of(self, event: Event) -> bool:
        """Planners, the department that submitted and the one that owns it now."""
        mine = {department.id for department in self.who.departments}
        concerned = {event.department, self.owner(event.subject)} - {None}
        return self.who.admitted and (self.who.planner or bool(mine & concerned))


@dataclass(frozen=True)
class Said:
    """An event in words. `about` is the indicator's id, `more` what quietly belongs to it.

    `channel` is the one that a setting is about, which Slack shows by its name.
    """

    what: str
    about: str
    value: str
    more: tuple[str, ...]
    who: str
    where: str
    channel: str = ""


def event_said(event: Event, reader: Reader) -> Said:
    """What happened, in words; values that were never approved only for those who may see them."""
    value, more = _told(event, reader)
    if event.reason and _may_hear_why(event, reader):
        more = (f"理由: {one_line(event.reason)}", *more)
    return Said(
        _what(event, reader),
        event.subject,
        value,
        more,
        person(event.actor, reader.names),
        SURFACES.get(event.surface, event.surface),
        channel_of(event.details.get("key") or "") if event.what == "setting" else "",
    )


def _may_hear_why(event: Event, reader: Reader) -> bool:
    """A reason may tell of a figure that was never approved, or of a target that is only proposed."""
    if event.what == "revise" and event.details["kind"] == "propose":
        return reader.who.admitted and reader.who.planner
    told_all = event.submission is None or (event.what != "return" and _public(event.submission))
    return told_all or reader.sees_all_of(event)


def person(actor: str, names: Mapping[str, str]) -> str:
    """A display name; for the operator of the shell, so."""
    if actor.startswith("shell:"):
        return f"運用担当（{actor.removeprefix('shell:')}）"
    return names.get(actor, actor)


def _what(event: Event, reader: Reader) -> str:
    submission = event.submission
    if event.what == "setting":
        return _setting(event, reader)[0]
    if words := STEPS.get(event.what):
        return words.get(event.details["kind"] or "", WORDS[event.what])
    if event.what == "compare" and all(value is None for _, value in event.entries):
        return "比較値の取消"
    if event.what == "submit" and submission is not None and submission.proxy:
        return "代理入力"
    return LONGER.get(event.what, WORDS[event.what])


def _told(event: Event, reader: Reader) -> tuple[str, tuple[str, ...]]:
    if event.submission is not None:
        return _submitted(event, event.submission, reader)
    if tell := _TELLERS.get(event.what):
        return tell(event, reader)
    year = f"{era(event.collection)}報告" if event.collection is not None else ""
    return year, tuple(_remarked(event)) if reader.sees_all_of(event) else ()


def _revised(event: Event, _: Reader) -> tuple[str, tuple[str, ...]]:
    after = Changes.model_validate_json(event.details["after"] or "{}")
    what = "・".join(REVISED[field] for field in after.fields)
    return f"{what}（{era(int(event.details['from_year'] or 0))}から）", ()


def _setting(event: Event, reader: Reader) -> tuple[str, str]:
    key, value = event.details["key"] or "", event.details["value"]
    return setting_said(key, value, reader.plan, reader.names)


def _set(event: Event, reader: Reader) -> tuple[str, tuple[str, ...]]:
    return _setting(event, reader)[1], ()


def _stage(event: Event, reader: Reader) -> tuple[str, tuple[str, ...]]:
    stage = event.details["stage"] or ""
    named = dates_named(reader.plan.labels).get(stage, stage)
    year = era(event.collection) if event.collection is not None else ""
    overruled = ("不足があるまま完了",) if event.details["overruled"] == "1" else ()
    return f"{year}実績 {named}", overruled


def _reported(event: Event, reader: Reader) -> tuple[str, tuple[str, ...]]:
    """Which report, and of its texts those that were edited at once, by goal."""
    year = f"{era(event.collection)} " if event.collection is not None else ""
    title = next((t for kind, t in TITLES.items() if kind == event.details["report"]), "")
    labels = {goal.id: goal.label for goal in reader.plan.goals} | {OVERALL: "全体"}
    said = (
        f"{labels.get(part, part)}: {cut(one_line(text), MOST_OF_TEXT) if text else AS_DRAFTED}"
        for part, text in event.entries
    )
    return f"{year}{title}", tuple(said) if reader.sees_all_of(event) else ()


def _remarked(event: Event) -> Iterator[str]:
    """What was written about a year: nothing for what has no words of its own."""
    details = event.details
    if event.what == "effort":
        code, words = details["direction"], (details["work"], details["factors"])
        direction = next((word for each, word in DIRECTIONS.items() if each == code), None)
        said = [f"今後の方向性: {direction}" if direction else "", *(each or "" for each in words)]
        yield "／".join(one_line(each) for each in said if each) or UNDONE
    elif event.what in {"opinion", "answer"}:
        yield f"「{one_line(details['text'] or '')}」"


def _submitted(event: Event, submission: Submission, reader: Reader) -> tuple[str, tuple[str, ...]]:
    proposal, indicator = submission.proposal, reader.plan.by_id.get(event.subject)
    year = f"{era(proposal.collection)}実績"
    if indicator is None:
        return year, ()
    if not _public(submission) and not reader.sees_all_of(event):
        return f"{year}（{HIDDEN_OPEN if submission.open else HIDDEN}）", ()
    said = f"{year} {values_said(proposal, indicator)}"
    return said, tuple(_about(event, submission, reader))


def _public(submission: Submission) -> bool:
    return submission.decision is not None and submission.decision.kind == "approve"


def _about(event: Event, submission: Submission, reader: Reader) -> Iterator[str]:
    proposal = submission.proposal
    if event.what in {"submit", "correct"}:
        if proposal.period and proposal.period != default_period(proposal.collection):
            yield f"データ年 {show_period(proposal.period)}"
        if proposal.source:
            yield f"出典: {one_line(proposal.source)}"
        if proposal.note and proposal.note != SAMPLE:
            yield f"備考: {one_line(proposal.note)}"
    if due := event.details.get("new_due"):
        yield f"新しい提出期限 {show_day(date.fromisoformat(due), reader.today)}"
    if lead := event.details.get("for_lead"):
        yield f"{person(lead, reader.names)} の代理"
    if submission.sample:
        yield SAMPLE


def _compared(event: Event, reader: Reader) -> tuple[str, tuple[str, ...]]:
    details, indicator = event.details, reader.plan.by_id.get(event.subject)
    where = f"{details['place']} {show_period(details['period'] or '')}"
    if indicator is None or not event.entries:
        return where, ()
    values = {name or None: Decimal(value) for name, value in event.entries if value is not None}
    source = one_line(details["source"] or "")
    return f"{where} {show_values(values, indicator)}".strip(), (
        f"出典: {source}",
    ) if source else ()


def _described(event: Event, _: Reader) -> tuple[str, tuple[str, ...]]:
    said = (
        f"{LABELS[field]}: {fact_said(field, value) if value is not None else UNDONE}"
        for field in FIELDS
        for name, value in event.entries
        if name == field
    )
    return "／".join(said), ()


def _assigned(event: Event, reader: Reader) -> tuple[str, tuple[str, ...]]:
    to = event.department_name or event.department or "担当課なし"
    since = event.details["effective_from"]
    day = show_day(date.fromisoformat(since), reader.today) if since else ""
    policy = f"施策 {event.subject} " if event.subject not in reader.plan.by_id else ""
    return f"{policy}→ {to}", (f"{day}から",) if day else ()


_TELLERS: dict[What, Callable[[Event, Reader], tuple[str, tuple[str, ...]]]] = {
    "compare": _compared,
    "card": _described,
    "assign": _assigned,
    "revise": _revised,
    "setting": _set,
    "stage": _stage,
    "report": _reported,
}
