"""What is said of a handover, a reorganisation or a department that was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from answers.asked import Asked, sample_note
from answers.content import Content, ask_button
from answers.layout import Part, compose, heading, quiet, row, say
from answers.lines import entry_button
from answers.spans import Bold, Code, Line, line
from answers.words import marked_state
from store.departments import Department
from store.handovers import Handover
from store.standing import Standing
from store.telling import values_said
from store.terms import MEASURES

MOST_BUTTONS = 20
OLD_NOTES = 3


def package(
    asked: Asked, department: Department, owned: Sequence[Standing], history: Sequence[Handover]
) -> Content:
    """What a new lead gets: the predecessor's notes, what is open, and every indicator of theirs.

    `history` are the department's handovers, this one first.
    """
    this, *earlier = history
    names = asked.names
    before = f"（前任 {names.get(this.leaving, this.leaving)}）" if this.leaving else ""
    open_tasks = [s for s in owned if s.outstanding]
    return compose(
        (
            heading(f"引継ぎ　{department.name}"),
            say(
                line(f"{_day(this.since)}から課長です{before}。担当する指標は{len(owned)}件です。")
            ),
            say(line(Bold("引継ぎ事項")), *_note(this)),
            *_earlier(earlier, names),
            say(line(Bold(f"未対応 {len(open_tasks)}件")), *(_task(s) for s in open_tasks)),
            row([entry_button(s, asked, named=True) for s in open_tasks[:MOST_BUTTONS]])
            if open_tasks
            else None,
            say(line(Bold("担当する指標と定義")), *(each for s in owned for each in _defined(s))),
            sample_note(tuple(owned)),
            row([ask_button(f"{department.name}の一覧", department.id)]),
        )
    )


def handed_over(department: Department, this: Handover, names: Mapping[str, str]) -> Content:
    """What the planner sees of a handover."""
    leaving = names.get(this.leaving, this.leaving) if this.leaving else "—"
    return compose(
        (
            heading("引き継ぎました"),
            say(
                line(Bold(department.name)),
                line(
                    f"課長 {leaving} → {names.get(this.lead, this.lead)}（{_day(this.since)}から）"
                ),
            ),
            quiet(line("新しい課長に、指標・定義・未対応の一覧と引継ぎ事項を DM で届けました。")),
        )
    )


def reorganised(
    moved: Mapping[str, Sequence[str]], new: Department, since: date, names: Mapping[str, str]
) -> Content:
    """What the planner sees of a reorganisation."""
    return compose(
        (
            heading("機構改革を登録しました"),
            say(
                *(
                    line(f"{names.get(old, old)} → {new.name}: {'・'.join(subjects) or 'なし'}")
                    for old, subjects in moved.items()
                ),
                line(f"{_day(since)}から。それより前の提出には、当時の課の名前が残ります。"),
            ),
        )
    )


def saved(lines: Sequence[str]) -> Content:
    """What changed in a department, or that nothing did."""
    return compose(
        (
            heading("保存しました" if lines else "変更はありません"),
            say(*(line(each) for each in lines)) if lines else None,
        )
    )


def _note(handover: Handover) -> Iterator[Line]:
    """Its lines stand apart, so that none passes for a line of ours."""
    yield from (line(f"　{each}") for each in (handover.note or "（記入なし）").splitlines())


def _earlier(history: Sequence[Handover], names: Mapping[str, str]) -> Iterator[Part]:
    for each in [h for h in history if h.note][:OLD_NOTES]:
        who = names.get(each.leaving or "", "前任")
        yield quiet(
            line(
                f"以前の引継ぎ事項（{_day(each.since)} {who}）: {' '.join((each.note or '').split())}"
            )
        )


def _task(standing: Standing) -> Line:
    indicator = standing.indicator
    return line(f"{marked_state(standing.state)} ", Code(indicator.id), f" {indicator.name}")


def _defined(standing: Standing) -> Iterator[Line]:
    found, latest = standing.indicator, standing.latest
    value = f"最新 {values_said(latest.proposal, found)}" if latest else "実績なし"
    yield line(Code(found.id), f" {found.name}　{value}・{MEASURES[found.measure]}")
    said = [
        f"定義: {found.definition}" if found.definition else "",
        f"出典: {found.source}" if found.source else "",
    ]
    if any(said):
        yield line("　" + "　".join(each for each in said if each))


def _day(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"
