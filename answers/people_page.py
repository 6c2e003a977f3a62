"""担当: departments with their people and what they own, who plans, and what nobody owns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from answers.admin_menu import admin_button
from answers.content import Content, button
from answers.facts import show_day
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Line, line
from store.handovers import Succession

PAGE = 20
WORD = "担当"


@dataclass(frozen=True)
class DepartmentSeen:
    """A department as it is today: names of its people, what it owns. `gone` can't act any more."""

    id: str
    name: str
    leads: tuple[str, ...]
    members: tuple[str, ...]
    gone: tuple[str, ...]
    owns: tuple[str, ...]
    indicators: int
    has_channel: bool


@dataclass(frozen=True)
class PeopleSeen:
    """Everybody who takes part. `unowned` are indicators that no department answers for."""

    departments: Sequence[DepartmentSeen]
    planners: Sequence[str]
    unowned: Sequence[str]
    successions: Sequence[Succession]
    names: dict[str, str]
    today: date


def people_page(seen: PeopleSeen, page: int = 1) -> Content:
    """Each department in a paragraph with 編集; what else can be done stands below."""
    last = max(1, -(-len(seen.departments) // PAGE))
    page = min(max(page, 1), last)
    shown = seen.departments[(page - 1) * PAGE : page * PAGE]
    return compose(
        (
            heading(f"担当課 {len(seen.departments)}課"),
            say(_planners(seen), accessory=button("企画担当を変える", "edit_planners", "planners")),
            *(_department(each) for each in shown),
            say(_unowned(seen.unowned)) if seen.unowned else None,
            quiet(*_successions(seen)) if seen.successions else None,
            row(
                [
                    button("担当課を追加", "edit_department", ""),
                    button("引継ぎ", "hand_over", "lead"),
                    button("機構改革", "reorganise", "departments"),
                ]
            ),
            row([admin_button(f"次の{PAGE}課", f"{WORD} {page + 1}")]) if page < last else None,
        )
    )


def _planners(seen: PeopleSeen) -> Line:
    alone = "（1人では、ご自身の提出を承認する人がいません）" if len(seen.planners) == 1 else ""
    return line(Bold("企画担当"), f" {'・'.join(seen.planners)}{alone}")


def _department(seen: DepartmentSeen) -> Part:
    owns = f"{'・'.join(seen.owns)}（{seen.indicators}指標）" if seen.owns else "なし"
    where = "課のチャンネル" if seen.has_channel else "各自のDM"
    return say(
        line(Bold(seen.name)),
        line(f"課長 {_people(seen.leads)}　担当者 {_people(seen.members)}"),
        line(f"担当 {owns}・督促は{where}へ"),
        *(line(f"⚠ {each}") for each in _trouble(seen)),
        accessory=button("編集", f"edit_department:{seen.id}", seen.id),
    )


def _people(names: Sequence[str]) -> str:
    return "・".join(names) or "—"


def _trouble(seen: DepartmentSeen) -> Iterator[str]:
    if seen.gone:
        yield f"利用できない人が含まれています: {'・'.join(seen.gone)}"
    if seen.owns and not (set(seen.leads) | set(seen.members)) - set(seen.gone):
        yield "提出できる人がいません。担当者を登録してください。"


def _unowned(unowned: Sequence[str]) -> Line:
    return line(Bold("担当課のない指標"), f" {len(unowned)}件: {'・'.join(unowned)}")


def _successions(seen: PeopleSeen) -> Iterator[Line]:
    for each in seen.successions[:5]:
        old, new = (seen.names.get(d, d) for d in (each.department, each.successor))
        why = f"（{each.reason}）" if each.reason else ""
        yield line(f"機構改革 {show_day(each.since, seen.today)}から: {old} → {new}{why}")
