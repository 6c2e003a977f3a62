"""A digest: how the collection goes, what was approved, what deserves a look, what comes.

Counts only: which department is late is never said in a channel but its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from answers.content import Content, ask_button, button
from answers.facts import show_day
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Line, Span, line
from answers.stage_words import stage_named, stage_said
from answers.words import ENDED, SAMPLE
from schedules.days import UNSET, Milestone, ahead, day_said, left_said, month_said, week_said
from schedules.digests.attainment import attainment
from schedules.digests.attention import attention
from schedules.digests.changes import approved
from schedules.digests.chart import chart
from schedules.digests.outstanding import outstanding
from schedules.digests.scoping import Scoped
from schedules.news import News
from store.cycle import DEFAULT_NOTE, Cycle
from store.fiscal import era
from store.standing import State
from store.subscriptions import Rhythm

DATES_TOLD = 3
# Asks for the overview as nothing does, and is no empty value for Slack to stumble over.
EVERYTHING = " "
_SETTLED = frozenset({State.APPROVED, State.AWAITING, State.NO_SURVEY})
_GIVEN = _SETTLED | {State.PENDING}
_CALLED = {"weekly": "週報", "monthly": "月報"}
_SINCE = {"weekly": "今週", "monthly": "今月"}


@dataclass(frozen=True)
class Issue:
    """What a digest is made of: `view` is what it is about, `news` what its channel doesn't know yet.

    The `first` of a channel has no earlier one to compare with. `coming` are the dates of the next
    collection. `own` is a department's digest in its own channel, which alone hears how its
    submissions go; `asked` comes beside the regular ones. `head` is that of the chain of history.
    """

    view: Scoped
    news: News
    rhythm: Rhythm = "weekly"
    first: bool = False
    coming: Cycle | None = None
    own: bool = False
    asked: bool = False
    head: str | None = None

    @property
    def called(self) -> str:
        """`総合戦略 週報（基本目標1）`."""
        of = f"（{self.view.label}）" if self.view.label else ""
        return f"総合戦略 {_CALLED[self.rhythm]}{of}"

    @property
    def tells_progress(self) -> bool:
        """Whether it says how submitting goes: of one department that is nobody else's to hear."""
        return self.view.department is None or self.own


def digest(issue: Issue) -> Content:
    """The digest of the outlook's day. One in which nothing was approved is told in one line."""
    if not issue.news.changes:
        return compose([say(_nothing_new(issue)), _small(_head(issue))])
    view, outlook = issue.view, issue.view.outlook
    dates = ahead(outlook, issue.coming, DATES_TOLD)
    said = month_said if issue.rhythm == "monthly" else week_said
    return compose(
        [
            heading(f"{issue.called}　{said(outlook.today)}"),
            say(
                line(view.title),
                *([_progress(issue)] if issue.tells_progress else []),
                *([line(stage_said(outlook))] if not view.label else []),
                *([line(ENDED)] if outlook.ended else []),
            ),
            attainment(view, issue.news, issue.first),
            chart(view),
            approved(issue.news, _since(issue), view.label),
            attention(outlook, issue.news),
            outstanding(outlook) if issue.own else None,
            _coming(issue, dates),
            _buttons(view),
            _notes(issue, dates),
        ]
    )


def _since(issue: Issue) -> str:
    return "前回の後に" if issue.asked else _SINCE[issue.rhythm]


def _nothing_new(issue: Issue) -> Line:
    since = "前回から" if issue.asked else _SINCE[issue.rhythm]
    sample = f"　{SAMPLE}" if issue.view.outlook.sample else ""
    stage = "" if issue.view.label else f"（{stage_named(issue.view.outlook)}）"
    told = _collection_said(issue) if issue.tells_progress else ""
    return line(f"{issue.called}　{since}の更新はありません{stage}。{told}{sample}")


def _collection_said(issue: Issue) -> str:
    outlook = issue.view.outlook
    given, asked, _ = _counts(issue)
    due, today = outlook.cycle.due, outlook.today
    if not outlook.cycle.open_on(today):
        return f"照会は{day_said(outlook.cycle.opens, today)}開始"
    until = f"・締切{'まで' if due > today else ''}{left_said(due, today)}" if given < asked else ""
    return f"提出 {given}/{asked}{until}"


def _counts(issue: Issue) -> tuple[int, int, int]:
    """How many were given, asked for, and approved. What has no survey or is no more isn't asked for."""
    standings = issue.view.outlook.standings.values()
    asked = [
        s
        for s in standings
        if s.state != State.RETIRED and (s.state != State.NO_SURVEY or s.last is not None)
    ]
    given = sum(s.state in _GIVEN for s in asked)
    return given, len(asked), sum(s.state in _SETTLED for s in asked)


def _progress(issue: Issue) -> Line:
    given, asked, approved_ones = _counts(issue)
    cycle, today = issue.view.outlook.cycle, issue.view.outlook.today
    spans: list[Span] = [
        f"{era(cycle.collection)}実績の照会 ",
        Bold(f"{given}/{asked}"),
        f" 提出（承認 {approved_ones}）",
    ]
    if _is_waiting(issue):
        unset = UNSET if "due" in cycle.defaults else ""
        spans.append(f"・締切 {day_said(cycle.due, today)}{unset}{left_said(cycle.due, today)}")
    return line(*spans)


def _is_waiting(issue: Issue) -> bool:
    return issue.tells_progress and any(
        standing.outstanding for standing in issue.view.outlook.standings.values()
    )


def _coming(issue: Issue, dates: list[Milestone]) -> Part | None:
    today = issue.view.outlook.today
    told = [
        f"{show_day(each.day, today)} {each.label}{UNSET if each.unset else ''}" for each in dates
    ]
    return say(line(Bold("これから"), "　" + "・".join(told))) if told else None


def _buttons(view: Scoped) -> Part:
    """The overview begins with what waits for the one who asks."""
    about = [ask_button(f"{view.label}を見る", view.label)] if view.label else []
    return row(
        [*about, ask_button("全体を見る", EVERYTHING), button("自分の担当", "ask:mine", EVERYTHING)]
    )


def _head(issue: Issue) -> list[str]:
    """By which anybody can tell later that nothing before this digest was altered."""
    return [f"履歴の照合番号 {issue.head}"] if issue.head else []


def _notes(issue: Issue, dates: list[Milestone]) -> Part | None:
    outlook = issue.view.outlook
    due_unset = "due" in outlook.cycle.defaults and _is_waiting(issue)
    notes = [f"{UNSET} {DEFAULT_NOTE}"] if due_unset or any(d.unset for d in dates) else []
    notes += [SAMPLE] if outlook.sample else []
    return _small([*notes, *_head(issue)])


def _small(notes: list[str]) -> Part | None:
    return quiet(*(line(note) for note in notes)) if notes else None
