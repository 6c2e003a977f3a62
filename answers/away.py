"""不在・代行: who is away and who stands in, the form to say so, and what deputies hear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from answers.approval import Names
from answers.content import Block, Content, actions, button
from answers.facts import show_day
from answers.fields import chosen, day, field_of, option, select, view
from answers.layout import compose, heading, quiet, say
from answers.spans import Bold, Line, line
from store.absences import PLANNER, Absence

CAPACITY, DEPUTY, FIRST, LAST = "capacity", "deputy", "first_day", "last_day"


def away_lines(
    found: Iterable[Absence], names: Names, today: date, capacity: str | None = None
) -> tuple[Line, ...]:
    """`不在: 企画担当A 6/3〜6/5（代行 企画担当B）`, of one capacity or of all."""
    return tuple(
        line(
            f"不在: {names.get(a.user, a.user)} {span(a, today)}"
            f"（代行 {names.get(a.deputy, a.deputy)}）"
        )
        for a in found
        if capacity is None or a.capacity == capacity
    )


def span(absence: Absence, today: date) -> str:
    """`6/3〜6/5`."""
    return f"{show_day(absence.first_day, today)}〜{show_day(absence.last_day, today)}"


def own_lines(
    away: Sequence[Absence], standing_in: Sequence[Absence], names: Names, today: date
) -> tuple[Line, ...]:
    """What somebody's Home says: their own absences, and whose deputy they are today."""
    return (
        *away_lines(away, names, today),
        *(
            line(f"{names.get(a.user, a.user)}さんの代行中です（{span(a, today)}）")
            for a in standing_in
        ),
    )


def away_button() -> Block:
    """Opens the form; for leads and planners, decided when it is pressed."""
    return button("不在・代行", "away", "-")


def away_form(
    capacities: Mapping[str, str], away: Sequence[Absence], names: Names, today: date
) -> dict[str, Any]:
    """In which capacity, who stands in, from when to when (callback `be_away`).

    `capacities` are the posts this person holds: the planning section, departments they lead.
    """
    options = {key: option(said, key) for key, said in capacities.items()}
    first = next(iter(options.values()))
    deputy: Block = {"type": "users_select", "action_id": "picked"}
    blocks = [
        *say(
            line(
                "不在の間、承認や確認のお願いは代行者に届きます。最後の日を過ぎると自動で戻ります。"
            )
        ).blocks,
        *(_held(absence, capacities, names, today) for absence in away),
        field_of(CAPACITY, "役割", select("chosen", "役割", list(options.values()), first)),
        field_of(
            DEPUTY,
            "代行者",
            deputy,
            hint="企画担当の代行は企画担当、課長の代行は同じ課の人に限ります。",
        ),
        field_of(FIRST, "最初の日", _day(today)),
        field_of(LAST, "最後の日", _day(today)),
    ]
    return view("be_away", "不在・代行", "登録", blocks)


def _held(absence: Absence, capacities: Mapping[str, str], names: Names, today: date) -> Block:
    post = capacities.get(absence.capacity, absence.capacity)
    who = names.get(absence.deputy, absence.deputy)
    said = say(line(Bold(f"登録済み: {post} {span(absence, today)}"), f"（代行 {who}）"))
    (block,) = said.blocks
    return {**block, "accessory": button("取り消す", "be_back", absence.capacity)}


def _day(today: date) -> Block:
    return {"type": "datepicker", "action_id": "picked", "initial_date": today.isoformat()}


def read_away_form(sent: Mapping[str, Any]) -> tuple[str, str, date | None, date | None]:
    """Capacity, deputy, first and last day, as filled in."""
    state = sent["state"]["values"]
    deputy = str((state.get(DEPUTY) or {}).get("picked", {}).get("selected_user") or "")
    return chosen(state, CAPACITY) or "", deputy, day(state, FIRST), day(state, LAST)


def deputy_told(absence: Absence, post: str, names: Names, today: date) -> Content:
    """What a deputy hears at once."""
    who = names.get(absence.user, absence.user)
    may = "承認のお願い" if absence.capacity == PLANNER else "課長確認のお願い"
    return compose(
        (
            heading("代行のお願い"),
            say(line(f"{who}さん（{post}）が不在の間、代行者に登録されました。")),
            say(line("期間 ", Bold(span(absence, today)))),
            quiet(line(f"この間の{may}があなたに届きます。")),
        )
    )


def away_done(said: str) -> Content:
    """That it was registered, or taken back."""
    return compose((say(line(said)),))


def away_row() -> Block:
    """The button in a row of its own."""
    return actions([away_button()])
