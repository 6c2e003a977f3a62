"""What a digest says of the values that were approved: before and after, and the verdict."""

from __future__ import annotations

from answers.content import ask_button
from answers.facts import age_said
from answers.layout import Part, say
from answers.spans import Bold, Code, Line, line
from schedules.news import Change, News
from store.showing import show_values
from store.standing import State

MOST_CHANGES = 10


def approved(news: News, since: str, label: str = "") -> Part:
    """`今週承認された値（6件）` and a line each; of many the first, with a button to the rest.

    `since` begins the heading; `label` is what the digest is about, empty for everything.
    """
    count = len(news.changes)
    lines = [line(Bold(f"{since}承認された値"), f"（{count}件）")]
    lines += [_change_said(change) for change in news.changes[:MOST_CHANGES]]
    if count <= MOST_CHANGES:
        return say(*lines)
    more = line(f"ほか{count - MOST_CHANGES}件")
    rest = ask_button("すべて見る", label or State.APPROVED.value)
    return say(*lines, more, accessory=rest)


def _change_said(change: Change) -> Line:
    indicator = change.standing.indicator
    after = show_values(change.after.proposal.values, indicator)
    before = show_values(change.before.proposal.values, indicator) if change.before else "—"
    age = age_said(change.after, change.standing.collection, brief=True)
    note = "・".join(filter(None, [age, "訂正" if change.corrected else ""]))
    return line(
        Code(indicator.id),
        f" {indicator.name} {before} → ",
        Bold(after),
        f"（{note}）" if note else "",
        f"　{_verdict_said(change)}",
    )


def _verdict_said(change: Change) -> str:
    before, after = change.verdict_before.grade, change.standing.verdict.grade
    if after is None:
        return change.standing.verdict.why or "判定なし"
    now = f"{after.mark} {after.label}"
    if before is None:
        return now
    return f"{now}のまま" if before == after else f"{before.mark} {before.label} → {now}"
