"""お知らせ: the form of one channel, and what it says once it was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answers.content import Block, Content, button, escape, plain, section
from answers.fields import (
    chosen,
    element,
    field_of,
    option,
    select,
    text_field,
    ticked,
    typed,
    view,
)
from answers.layout import Part, compose, row, say
from answers.news_page import EDIT, scope_said
from answers.spans import sentence
from store.news_channels import NewsChannel
from store.plan import Plan
from store.reading.seen import readable

SAVED = "news_channel"
CHANNEL, SCOPE, STATE, OUTSIDERS, WHY = "channel", "scope", "state", "outsiders", "why"
EVERYTHING, ON, OFF, GONE = "all", "on", "off", "gone"
_STATES = {ON: "送る", OFF: "止める", GONE: "一覧から外す"}
_MARK = "|"


@dataclass(frozen=True)
class Wanted:
    """What a filled form wants: `gone` takes the channel off the list."""

    channel: NewsChannel
    gone: bool
    reason: str | None


def not_told(wanted: Wanted, plan: Plan, why: str) -> Content:
    """Why a channel was not put on the list, with what was wanted of it and the way back."""
    named = f"<#{escape(wanted.channel.channel)}>　{escape(scope_said(wanted.channel, plan))}"
    return compose(
        (
            say(sentence(why)),
            Part((section(named),), (named,)),
            row([button("もう一度入力する", f"{EDIT}:", "", "primary")]),
        )
    )


def channel_form(plan: Plan, held: NewsChannel | None) -> dict[str, Any]:
    """What one channel hears (callback `news_channel`); without one it is picked in the form."""
    scope = _MARK.join(held.goal) if held and held.goal else EVERYTHING
    blocks = [
        *([_picker()] if held is None else [section(f"<#{escape(held.channel)}>")]),
        field_of(SCOPE, "範囲", _menu(_scopes(plan, held), scope)),
        *(
            []
            if held is None
            else [field_of(STATE, "状態", _menu(_STATES, ON if held.on else OFF))]
        ),
        field_of(OUTSIDERS, "組織の外との共有", _outsiders(held), optional=True),
        text_field(WHY, "理由", hint="書くと履歴に残ります。", most=500),
    ]
    return view(SAVED, "お知らせ", "保存", blocks, held.channel if held else "")


def _picker() -> Block:
    menu: Block = {
        "type": "conversations_select",
        "action_id": "picked",
        "placeholder": plain("選ぶ", 150),
        "filter": {"include": ["public", "private"]},
    }
    hint = "kpibot が参加しているチャンネルに限ります。"
    return field_of(CHANNEL, "チャンネル", menu, hint=hint)


def _scopes(plan: Plan, held: NewsChannel | None) -> dict[str, str]:
    found = {EVERYTHING: "すべての目標"}
    found |= {f"{plan.id}{_MARK}{goal.id}": f"{goal.label} {goal.title}" for goal in plan.goals}
    if held and held.goal:
        found.setdefault(_MARK.join(held.goal), scope_said(held, plan))
    return found


def _menu(options: Mapping[str, str], first: str) -> Block:
    made = [option(label, value) for value, label in options.items()]
    initial = next(each for each in made if each["value"] == first)
    return select("picked", "選ぶ", made, initial)


def _outsiders(held: NewsChannel | None) -> Block:
    box = option("組織の外と共有されたチャンネルでも送る", OUTSIDERS)
    boxes: Block = {"type": "checkboxes", "action_id": "picked", "options": [box]}
    return {**boxes, "initial_options": [box]} if held and held.outsiders else boxes


def read_channel(sent: Mapping[str, Any]) -> Wanted | None:
    """What a filled form says; None for one that no client of ours could have sent."""
    state = sent["state"]["values"]
    channel = sent["private_metadata"] or element(state, CHANNEL).get("selected_conversation")
    scope, wanted = chosen(state, SCOPE), chosen(state, STATE) or ON
    if not channel or scope is None or wanted not in _STATES:
        return None
    plan, _, goal = scope.partition(_MARK)
    of_goal = (plan, goal) if goal else None
    said = NewsChannel(channel, of_goal, wanted != OFF, ticked(state, OUTSIDERS))
    return Wanted(said, wanted == GONE, readable(typed(state, WHY)))
