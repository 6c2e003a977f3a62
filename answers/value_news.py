"""Values that were approved and changed, told together: verdicts that changed before all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answers.asked import sample_note
from answers.content import Block, Content, ask_button
from answers.facts import provenance
from answers.follow import LIST_WORDS, Followed, stop_button
from answers.frozen import frozen_lines
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Code, Line, Span, line, one_line
from answers.words import marked_grade
from store.fiscal import era
from store.judge import Verdict
from store.standing import Outlook, Standing
from store.submissions import Submission
from store.telling import values_said

MOST_TOLD = 15


@dataclass(frozen=True)
class Told:
    """An approved value that changed, from `before` (None: the first) to `after`.

    `verdict_before` is how the indicator was judged until then. `reasons` is what it is followed
    for; a channel that is told of all verdicts follows nothing.
    """

    outlook: Outlook
    standing: Standing
    before: Submission | None
    after: Submission
    verdict_before: Verdict
    reasons: tuple[Followed, ...] = ()

    @property
    def verdict_changed(self) -> bool:
        """It is judged otherwise than before, or for the first time."""
        return self.verdict_before.grade != self.standing.verdict.grade

    @property
    def corrected(self) -> bool:
        """A value of the same collection was there before."""
        before, after = self.before, self.after
        return before is not None and before.proposal.collection == after.proposal.collection


def value_news(found: Sequence[Told], names: Mapping[str, str], here: bool = False) -> Content:
    """What changed, verdicts first; `here`: for a channel, where anybody may end what it follows."""
    judged = [each for each in found if each.verdict_changed]
    others = [each for each in found if not each.verdict_changed]
    shown, more = judged[:MOST_TOLD], others[: max(0, MOST_TOLD - len(judged))]
    left = len(found) - len(shown) - len(more)
    return compose(
        (
            heading(_title(judged, others)),
            *(part for each in shown for part in _changed(each, names)),
            say(line(Bold("判定は変わらず、値が変わったもの"))) if shown and more else None,
            *(part for each in more for part in _changed(each, names)),
            quiet(line(f"ほか{left}件")) if left else None,
            sample_note(tuple(each.standing for each in found)),
            row(ways) if (ways := _ways(found, here)) else None,
        )
    )


def _title(judged: Sequence[Told], others: Sequence[Told]) -> str:
    """Every message names the verdicts in it; one without any tells of values."""
    if not judged:
        count = f"（{len(others)}件）" if len(others) > 1 else ""
        return f"フォロー中の指標の値が承認されました{count}"
    more = f"・値の変化 {len(others)}件" if others else ""
    return f"指標の判定が変わりました（{len(judged)}件{more}）"


def _changed(told: Told, names: Mapping[str, str]) -> Iterator[Part]:
    standing, after, today = told.standing, told.after, told.outlook.today
    indicator = standing.indicator
    yield say(
        line(Bold(indicator.name), " ", Code(indicator.id)),
        _verdict_said(told),
        _value_said(told),
        *_locked(told),
        accessory=ask_button("くわしく", f"{indicator.id} {era(after.proposal.collection)}"),
    )
    why = "・".join(reason.name for reason in told.reasons)
    yield quiet(line(provenance(after, today, names)), *([line(f"フォロー: {why}")] if why else []))


def _verdict_said(told: Told) -> Line:
    """`■ 未達成 → ● 達成`; of a locked collection `● 達成 → 訂正後 ■ 未達成`."""
    after = _afterwards(told) + marked_grade(told.standing.verdict)
    if not told.verdict_changed:
        return line(f"{after}のまま")
    if told.verdict_before.grade is None:
        return line("はじめての判定 ", Bold(after))
    return line(f"{marked_grade(told.verdict_before)} → ", Bold(after))


def _afterwards(told: Told) -> str:
    if told.standing.frozen is None:
        return ""
    return "承認後 " if told.standing.left_open else "訂正後 "


def _value_said(told: Told) -> Line:
    """`R6実績 18人 → 12人（訂正）`, with the year of the value before where it is another."""
    indicator, before, after = told.standing.indicator, told.before, told.after
    old = values_said(before.proposal, indicator) if before else "—"
    if before and not told.corrected:
        old += f"（{era(before.proposal.collection)}）"
    spans: list[Span] = [f"{era(after.proposal.collection)}実績 {old} → "]
    spans.append(Bold(values_said(after.proposal, indicator)))
    return line(*spans, "（訂正）" if told.corrected else "")


def _locked(told: Told) -> Iterator[Line]:
    """How the collection was locked, and why it was put right."""
    if told.standing.frozen is None:
        return
    yield frozen_lines(told.standing, told.outlook)[0]
    if told.after.reason:
        yield line(f"訂正の理由: {one_line(told.after.reason)}")


def _ways(found: Sequence[Told], here: bool) -> list[Block]:
    """The ends of one value's followings; of several, the way to the list of them."""
    followed = [each for each in found if each.reasons]
    if len(followed) > 1:
        return [ask_button("フォローの一覧", LIST_WORDS)]
    return [stop_button(reason, here) for each in followed for reason in each.reasons]
