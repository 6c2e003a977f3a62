"""差戻し: the reason, from the sentences that planners use or in free words, and a new due date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from answers.batches import Seen, one_row
from answers.content import Block, cut
from answers.fields import chosen, day, field_of, option, select, text_field, typed, view
from answers.layout import quiet, say
from answers.spans import line
from store.fiscal import era

REASON, TEMPLATE, NEW_DUE = "reason", "template", "new_due"
TEMPLATES = (
    "延べ人数か実人数かを確認してください",
    "出典を書いてください",
    "前年から大きく変わった理由を書いてください",
    "データ年（何年度の値か）を確認してください",
    "単位を確認してください",
)
MOST_SAID = 20
# A menu's option holds 75 characters, and a menu 100 options.
MOST_TEMPLATE, MOST_TEMPLATES = 75, 100


def return_form(found: Sequence[Seen], templates: Sequence[str]) -> dict[str, Any]:
    """A template, free words (one of the two), and a new due date (callback `send_back`).

    The metadata names the submissions by number, with commas between.
    """
    years = "・".join(dict.fromkeys(era(s.submission.proposal.collection) for s in found))
    left = len(found) - MOST_SAID
    head = say(
        line(f"{years}の実績 {len(found)}件" if len(found) > 1 else f"{years}の実績"),
        *(line(*one_row(each)) for each in found[:MOST_SAID]),
    )
    rest = quiet(line(f"ほか{left}件")).blocks if left > 0 else ()
    picker: Block = {"type": "datepicker", "action_id": "picked"}
    menu = select("chosen", "よく使う文から選ぶ", [option(t, t) for t in templates])
    blocks = [
        *head.blocks,
        *rest,
        *([field_of(TEMPLATE, "理由（定型文）", menu, optional=True)] if templates else ()),
        text_field(
            REASON,
            "理由（自由記入）",
            hint="定型文に続けて、担当課にそのまま届きます。",
            most=1000,
            multiline=True,
        ),
        field_of(NEW_DUE, "新しい提出期限", picker, optional=True),
    ]
    numbers = ",".join(str(each.submission.id) for each in found)
    return view("send_back", "差戻し", "差し戻す", blocks, numbers)


def read_return_form(sent: Mapping[str, Any]) -> tuple[str, date | None]:
    """The reason (template, then free words) and the new due date; the reason may be empty."""
    state = sent["state"]["values"]
    said = (chosen(state, TEMPLATE), typed(state, REASON))
    return "\n".join(part for part in said if part), day(state, NEW_DUE)


def templates_of(kept: str | None) -> tuple[str, ...]:
    """The sentences of the menu: those that planners keep, one a line, or the ones to begin with."""
    lines = TEMPLATES if kept is None else (each.strip() for each in kept.splitlines())
    unique = dict.fromkeys(cut(each, MOST_TEMPLATE) for each in lines if each)
    return tuple(unique)[:MOST_TEMPLATES]


def templates_form(templates: Sequence[str]) -> dict[str, Any]:
    """The sentences to edit, one a line (callback `return_templates`)."""
    field = text_field(
        TEMPLATE,
        "差戻しの定型文（1行に1つ）",
        "\n".join(templates),
        hint=f"1つ{MOST_TEMPLATE}字、{MOST_TEMPLATES}行まで。空にすると、定型文のない画面になります。",
        multiline=True,
    )
    return view("return_templates", "差戻しの定型文", "保存", [field])


def read_templates_form(sent: Mapping[str, Any]) -> str:
    """What was typed, empty for none."""
    return typed(sent["state"]["values"], TEMPLATE) or ""
