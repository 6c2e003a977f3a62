"""`/kpi-admin 見直し`: what waits for a second planner, and how the strategy was revised so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from answers.admin_menu import admin_button
from answers.content import Block, Content, button, plain
from answers.facts import day_of, show_day
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Code, Line, line, one_line
from store.fiscal import era
from store.old_and_new import pairs_of
from store.plan import Plan
from store.revised import Revision

WORD = "見直し"
AGREE, DROP = "revision:agree", "revision:drop"
PAGE = 10


@dataclass(frozen=True)
class Revisions:
    """Revisions of a plan as somebody reads them: `departments` are names by id, `names` people's."""

    plan: Plan
    waiting: tuple[Revision, ...]
    agreed: tuple[Revision, ...]
    departments: Mapping[str, str]
    names: Mapping[str, str]
    user: str
    today: date


def revision_page(seen: Revisions, page: int = 1) -> Content:
    """Proposals first, each with its buttons; then what is in force, the newest first."""
    agreed = tuple(reversed(seen.agreed))
    last = max(1, -(-len(agreed) // PAGE))
    page = min(max(page, 1), last)
    shown = agreed[(page - 1) * PAGE : page * PAGE]
    return compose(
        (
            heading(f"戦略の{WORD}"),
            *(part for each in seen.waiting for part in _waiting(each, seen)),
            say(line(Bold(f"有効な{WORD} {len(agreed)}件"))),
            *(say(*revision_lines(each, seen)) for each in shown),
            _turns(page, last),
            quiet(
                line("新しく提案するには ", Code(f"/kpi-admin {WORD} {_some(seen.plan)}")),
                line("締めた年度にはさかのぼれません。元の内容と固定した判定は残ります。"),
            ),
        )
    )


def revision_lines(revision: Revision, seen: Revisions) -> Iterator[Line]:
    """`1-1b …`, `目標値 0人／年 → 5人（R6から）`, by whom it was decided, why, who agreed."""
    found = seen.plan.by_id.get(revision.indicator)
    yield line(Code(revision.indicator), f" {found.name}" if found else "")
    yield from change_lines(revision, seen.plan, seen.departments)
    day = show_day(revision.decided_on, seen.today)
    yield line(f"決定 {revision.decided_by}（{day}）・理由: {one_line(revision.reason)}")
    proposed = f"提案 {_name(revision.actor, seen)} {day_of(revision.at, seen.today)}"
    agreed = ""
    if revision.agreed_by and revision.agreed_at:
        agreed = (
            f"・確定 {_name(revision.agreed_by, seen)} {day_of(revision.agreed_at, seen.today)}"
        )
    yield line(proposed, agreed)


def change_lines(revision: Revision, plan: Plan, departments: Mapping[str, str]) -> Iterator[Line]:
    """Each change of a revision, old and new."""
    for pair in pairs_of(plan, revision, departments):
        yield line(f"{pair.item} {pair.old} → ", Bold(pair.new), f"（{era(pair.from_year)}から）")


def revision_asked(revision: Revision, seen: Revisions) -> Content:
    """What the other planners are asked."""
    who = _name(revision.actor, seen)
    return compose(
        (
            heading(f"{WORD}の提案　{revision.indicator}"),
            say(line(f"{who}さんが{WORD}を提案しました。内容を確かめて確定してください。")),
            say(*revision_lines(revision, seen)),
            row([*_buttons(revision, seen)]),
        )
    )


def revision_settled(revision: Revision, seen: Revisions, who: str) -> Content:
    """The same message once the proposal was settled."""
    agreed = revision.agreed_by is not None
    said = f"確定しました（{who}）" if agreed else f"提案は取り下げられました（{who}）"
    return compose(
        (
            heading(f"{WORD}　{revision.indicator}"),
            say(line(Bold(said)), *revision_lines(revision, seen)),
        )
    )


def revision_told(revision: Revision, seen: Revisions) -> Content:
    """To the department that answers for the indicator: what holds from now on."""
    return compose(
        (
            heading("担当の指標が見直されました"),
            say(*revision_lines(revision, seen)),
        )
    )


def revision_button(indicator: str) -> Block:
    """見直しを提案, on an indicator's answer to planners."""
    return admin_button(f"{WORD}を提案", f"{WORD} {indicator}")


def _waiting(revision: Revision, seen: Revisions) -> Iterator[Part]:
    yield say(line(Bold("確定を待つ提案")), *revision_lines(revision, seen))
    yield row([*_buttons(revision, seen)])


def _buttons(revision: Revision, seen: Revisions) -> Iterator[Block]:
    if revision.actor != seen.user:
        agree = button(f"{WORD}を確定する", AGREE, str(revision.number), "primary")
        yield {
            **agree,
            "confirm": {
                "title": plain(f"{revision.indicator} の{WORD}を確定しますか", 100),
                "text": plain(
                    f"{era(revision.from_year)}の実績から有効になり、答えと判定が変わります。"
                    "取り消すには、もう一度見直します。",
                    300,
                ),
                "confirm": plain("確定する", 30),
                "deny": plain("やめる", 30),
            },
        }
    yield button("提案を取り下げる", DROP, str(revision.number))


def _turns(page: int, last: int) -> Part | None:
    turns = [
        admin_button(label, f"{WORD} {to}ページ")
        for label, to in (("前へ", page - 1), ("次へ", page + 1))
        if 1 <= to <= last
    ]
    return row(turns) if turns else None


def _some(plan: Plan) -> str:
    return plan.indicators[0].id


def _name(user: str, seen: Revisions) -> str:
    return seen.names.get(user, user)
