"""年間サイクル: the page of a collection's dates and stages, and the forms that change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.admin_menu import admin_button
from answers.approval import Names
from answers.content import Block, Content, button
from answers.facts import WEEKDAYS, day_of
from answers.fields import view
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Line, line, one_line
from answers.stage_words import stage_said, stages_named
from store.cycle import DEFAULT_NOTE, Set, dates_named
from store.fiscal import era
from store.plan import Labels
from store.stages import STAGES, Closing, Progress, gap_said, gaps, progress
from store.standing import Outlook
from store.workdays import is_working_day, working_days_between

WORD = "サイクル"
EDIT, CLOSE, REOPEN = "cycle:edit", "stage:close", "stage:reopen"
WHY = "why"
MOST_DEPARTMENTS = 6
_MARK = "|"


@dataclass(frozen=True)
class Said:
    """What is on record of a collection's cycle: who set which date, which stages are closed."""

    dates: Mapping[str, Set]
    closings: Mapping[str, Closing]
    names: Names

    def called(self, user: str) -> str:
        """A user's display name."""
        return self.names.get(user, user)


def cycle_page(outlook: Outlook, said: Said, others: Iterable[int]) -> Content:
    """Each date with who set it and what its stage lacks; `others` are collections beside it."""
    named = named_by(outlook.plan.id, outlook.cycle.collection)
    return compose(
        (
            heading(f"年間サイクル　{era(outlook.cycle.collection)}実績"),
            say(line(Bold(stage_said(outlook)))),
            *(_stage(outlook, stage, said) for stage in STAGES),
            row(
                [
                    button("日付を変える", EDIT, named, "primary"),
                    *(admin_button(era(year), f"{WORD} {era(year)}") for year in others),
                    admin_button("これから送るもの", "予定"),
                ]
            ),
            quiet(line(f"※ {DEFAULT_NOTE}")) if outlook.cycle.defaults else None,
        )
    )


def _stage(outlook: Outlook, stage: str, said: Said) -> Part:
    cycle, labels, today = outlook.cycle, outlook.plan.labels, outlook.today
    day, unset = cycle.day(stage), "※" if stage in cycle.defaults else ""
    where = progress(outlook, stage)
    lines = [
        line(Bold(dates_named(labels)[stage]), f"　{day_in_full(day)}{unset}　{_left(day, today)}"),
        _set_by(said.dates.get(stage), said, today),
        line(
            f"{_state_called(labels, stage)}: {where}",
            *_done(said.closings.get(stage), said, today),
        ),
    ]
    if where == Progress.UNDER_WAY:
        lines += lacks(outlook, stage)
    return say(*lines, accessory=_next(outlook, stage, where))


def _state_called(labels: Labels, stage: str) -> str:
    """The stage's name where its date is called otherwise."""
    called = stages_named(labels)[stage]
    return "状態" if called == dates_named(labels)[stage] else called


def _set_by(found: Set | None, said: Said, today: date) -> Line:
    if found is None:
        return ()
    done = "設定" if found.day else "既定値に戻した"
    why = f"「{one_line(found.reason)}」" if found.reason else ""
    return line(f"{day_of(found.at, today)} {said.called(found.actor)}が{done}{why}")


def _done(closing: Closing | None, said: Said, today: date) -> Iterator[str]:
    if closing:
        yield f"（{day_of(closing.at, today)} {said.called(closing.actor)}"
        yield "・不足のまま" if closing.overruled else ""
        yield f"「{one_line(closing.reason)}」）" if closing.reason else "）"


def lacks(outlook: Outlook, stage: str) -> Iterator[Line]:
    """What a stage lacks, a line each with the departments; that it can be closed, when nothing."""
    found = gaps(outlook, stage)
    if not found:
        yield line("不足はありません。完了にできます。")
    for gap in found:
        names = gap.departments
        rest = f" ほか{len(names) - MOST_DEPARTMENTS}課" if len(names) > MOST_DEPARTMENTS else ""
        whose = f"（{'・'.join(names[:MOST_DEPARTMENTS])}{rest}）" if names else ""
        yield line(f"不足: {gap_said(gap)}{whose}")


def _next(outlook: Outlook, stage: str, where: Progress) -> Block | None:
    named = named_by(outlook.plan.id, outlook.cycle.collection, stage)
    if where == Progress.DONE:
        return button("完了を取り消す", f"{REOPEN}:{stage}", named)
    if where == Progress.UNDER_WAY:
        return button("完了にする", f"{CLOSE}:{stage}", named)
    return None


def day_in_full(day: date) -> str:
    """`2025/6/12（木）`, with a mark on a day off."""
    off = "" if is_working_day(day) else "・閉庁日"
    return f"{day.year}/{day.month}/{day.day}（{WEEKDAYS[day.weekday()]}{off}）"


def _left(day: date, today: date) -> str:
    if day == today:
        return "本日"
    if day < today:
        return f"{(today - day).days}日前"
    return f"あと{(day - today).days}日（{working_days_between(today, day)}営業日）"


def cycle_view(
    page: Content, notes: Iterable[str] = (), title: str = "年間サイクル"
) -> dict[str, Any]:
    """The page as what a form becomes: without buttons, with what was done first."""
    said = [line(note) for note in notes]
    first = say(*said).blocks if said else ()
    blocks = [{k: v for k, v in b.items() if k != "accessory"} for b in page.blocks]
    shown = [each for each in blocks if each["type"] != "actions"]
    return {
        **view("done", title, None, [*first, *shown], close="閉じる"),
        "clear_on_close": True,
    }


def named_by(plan: str, collection: int, stage: str = "") -> str:
    """How buttons and forms name a collection, or a stage of it."""
    return _MARK.join(filter(None, (plan, str(collection), stage)))
