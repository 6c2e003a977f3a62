"""The weekly digest: how the collection goes, what was approved, what deserves a look, what comes.

Counts only: which department is late is never said in a channel.
"""

from __future__ import annotations

from answers.content import Content, ask_button, button, cut
from answers.facts import show_day
from answers.layout import Part, compose, grid, heading, quiet, row, say
from answers.spans import Bold, Code, Line, Span, line
from answers.stage_words import stage_said
from answers.words import ENDED, SAMPLE
from schedules.days import UNSET, Milestone, ahead, day_said, left_said, week_said
from schedules.digests.attention import MOST, Concern, concerns, figures_said
from schedules.news import Change, News
from store.cycle import DEFAULT_NOTE, Cycle
from store.fiscal import era
from store.judge import grades_of
from store.showing import show_values
from store.standing import Outlook, State

MOST_CHANGES = 10
DATES_TOLD = 3
GOAL_WIDTH = 30
# Asks for the overview as nothing does, and is no empty value for Slack to stumble over.
EVERYTHING = " "
_SETTLED = frozenset({State.APPROVED, State.AWAITING, State.NO_SURVEY})
_GIVEN = _SETTLED | {State.PENDING}


def digest(
    outlook: Outlook, news: News, first: bool = False, coming: Cycle | None = None
) -> Content:
    """The digest of `outlook.today` for a channel that knows all but `news`.

    The `first` of a channel has no earlier one to compare with. `coming` are the dates of the next
    collection. A week in which nothing was approved is told in one line.
    """
    if not news.changes:
        return compose([say(_quiet_week(outlook))])
    dates = ahead(outlook, coming, DATES_TOLD)
    return compose(
        [
            heading(f"総合戦略 週報　{week_said(outlook.today)}"),
            say(
                _progress(outlook),
                line(stage_said(outlook)),
                *([line(ENDED)] if outlook.ended else []),
            ),
            _attainment(outlook, news, first),
            _approved(news),
            _attention(concerns(outlook, news)[:MOST]),
            _coming(outlook, dates),
            _buttons(),
            _notes(outlook, dates),
        ]
    )


def _quiet_week(outlook: Outlook) -> Line:
    given, asked, _ = _counts(outlook)
    due, today = outlook.cycle.due, outlook.today
    told = f"提出 {given}/{asked}"
    if not outlook.cycle.open_on(today):
        told = f"照会は{day_said(outlook.cycle.opens, today)}開始"
    elif given < asked:
        told += f"・締切{'まで' if due > today else ''}{left_said(due, today)}"
    sample = f"　{SAMPLE}" if outlook.sample else ""
    return line(f"総合戦略 週報　今週の更新はありません。{told}{sample}")


def _counts(outlook: Outlook) -> tuple[int, int, int]:
    """How many were given, asked for, and approved. What has no survey or is no more isn't asked for."""
    standings = outlook.standings.values()
    asked = [
        s
        for s in standings
        if s.state != State.RETIRED and (s.state != State.NO_SURVEY or s.last is not None)
    ]
    given = sum(s.state in _GIVEN for s in asked)
    return given, len(asked), sum(s.state in _SETTLED for s in asked)


def _progress(outlook: Outlook) -> Line:
    given, asked, approved = _counts(outlook)
    cycle, today = outlook.cycle, outlook.today
    spans: list[Span] = [
        f"{era(cycle.collection)}実績の照会 ",
        Bold(f"{given}/{asked}"),
        f" 提出（承認 {approved}）",
    ]
    if _is_waiting(outlook):
        unset = UNSET if "due" in cycle.defaults else ""
        spans.append(f"・締切 {day_said(cycle.due, today)}{unset}{left_said(cycle.due, today)}")
    return line(*spans)


def _is_waiting(outlook: Outlook) -> bool:
    return any(standing.outstanding for standing in outlook.standings.values())


def _attainment(outlook: Outlook, news: News, first: bool) -> Part:
    grades = grades_of(outlook.plan)
    codes = [*(grade.code for grade in grades), None]
    rows = []
    # A phone shows the first columns: a goal's title, which may be long, stands last.
    for goal in outlook.plan.goals:
        members = list(dict.fromkeys((*goal.targets, *goal.kpis)))
        now, before = outlook.grades(members), news.graded_before(outlook, members)
        cells = [_cell(now[code], 0 if first else now[code] - before[code]) for code in codes]
        rows.append([goal.label, *cells, cut(goal.title, GOAL_WIDTH)])
    return grid(["達成状況", *(grade.label for grade in grades), "その他", "目標"], rows)


def _cell(count: int, change: int) -> str:
    sign = "+" if change > 0 else "−"
    return f"{count}（{sign}{abs(change)}）" if change else str(count)


def _approved(news: News) -> Part:
    count = len(news.changes)
    lines = [line(Bold("今週承認された値"), f"（{count}件）")]
    lines += [_change_said(change) for change in news.changes[:MOST_CHANGES]]
    if count <= MOST_CHANGES:
        return say(*lines)
    more = line(f"ほか{count - MOST_CHANGES}件")
    return say(*lines, more, accessory=ask_button("すべて見る", State.APPROVED.value))


def _change_said(change: Change) -> Line:
    indicator = change.standing.indicator
    after = show_values(change.after.proposal.values, indicator)
    before = show_values(change.before.proposal.values, indicator) if change.before else "—"
    of_round = change.after.proposal.collection
    note = era(of_round) if of_round != change.standing.collection else ""
    note += "訂正" if change.corrected else ""
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


def _attention(found: list[Concern]) -> Part | None:
    lines = [
        line(
            Code(each.standing.indicator.id),
            f" {each.standing.indicator.name}: {figures_said(each.standing)}、",
            "、".join(each.why),
        )
        for each in found
    ]
    return say(line(Bold("気になるもの")), *lines) if lines else None


def _coming(outlook: Outlook, dates: list[Milestone]) -> Part | None:
    told = [
        f"{show_day(each.day, outlook.today)} {each.label}{UNSET if each.unset else ''}"
        for each in dates
    ]
    return say(line(Bold("これから"), "　" + "・".join(told))) if told else None


def _buttons() -> Part:
    """The overview begins with what waits for the one who asks."""
    return row([ask_button("全体を見る", EVERYTHING), button("自分の担当", "ask:mine", EVERYTHING)])


def _notes(outlook: Outlook, dates: list[Milestone]) -> Part | None:
    due_unset = "due" in outlook.cycle.defaults and _is_waiting(outlook)
    notes = [f"{UNSET} {DEFAULT_NOTE}"] if due_unset or any(d.unset for d in dates) else []
    notes += [SAMPLE] if outlook.sample else []
    return quiet(*(line(note) for note in notes)) if notes else None
