"""The form for 取組内容・要因・今後の方向性 of a year, and what a filled form says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from answers.content import Block, button
from answers.facts import day_of
from answers.fields import chosen, field_of, option, select, text_field, typed, view
from answers.layout import quiet, say
from answers.spans import Line, line, one_line
from answers.subjects import subject_line, subject_value
from store.efforts import LONGEST, Written
from store.errors import BadForm
from store.fiscal import era
from store.plan import Plan
from store.reading.seen import readable
from store.remarks import DIRECTIONS, Effort, Subject

CALLBACK = "effort"
ACTION = "effort:"
LABEL = "取組内容を書く"
WORK, FACTORS, DIRECTION = "work", "factors", "direction"
NAMES = {WORK: "取組内容", FACTORS: "要因・課題", DIRECTION: "今後の方向性"}
_NONE = "none"


def effort_button(plan: str, subject: Subject, collection: int, label: str = LABEL) -> Block:
    """The button that opens the form for a year; it carries no authority."""
    named = subject_value(subject)
    return button(label, f"{ACTION}{named}:{collection}", f"{plan}|{collection}|{named}")


def effort_form(
    plan: Plan,
    subject: Subject,
    collection: int,
    held: Effort | None,
    name: str | None,
    today: date,
) -> dict[str, Any]:
    """The modal (callback `effort`), filled in with what `name` wrote last."""
    head = say(subject_line(plan, subject), line(f"{era(collection)}の実績について"))
    wrote = f"{name}さんが{day_of(held.at, today)}に書いた内容です。" if held else ""
    last = quiet(line(wrote)) if wrote else None
    blocks = [
        *head.blocks,
        *(last.blocks if last else ()),
        _text(WORK, held.work if held else None, "この年度にしたこと"),
        _text(FACTORS, held.factors if held else None, "値がこうなった理由と、残る課題"),
        _direction(held),
    ]
    seen = held.number if held else 0
    metadata = f"{plan.id}|{collection}|{seen}|{subject_value(subject)}"
    return view(CALLBACK, f"取組内容 {era(collection)}", "保存", blocks, metadata)


def read_effort(sent: Mapping[str, Any], anything_held: bool) -> Written:
    """What a filled form says. Raises BadForm where nothing is said and nothing stood before."""
    state = sent["state"]["values"]
    picked = chosen(state, DIRECTION)
    direction = next((each for each in DIRECTIONS if each == picked), None)
    written = Written(_read(state, WORK), _read(state, FACTORS), direction)
    if written.empty and not anything_held:
        raise BadForm({WORK: "取組内容・要因・今後の方向性のどれかを書いてください。"})
    return written


def effort_saved(plan: Plan, subject: Subject, collection: int, written: Written) -> dict[str, Any]:
    """What the form becomes."""
    done = "の取組内容を取り消しました。" if written.empty else "の取組内容を保存しました。"
    said = say(
        subject_line(plan, subject), line(f"{era(collection)}{done}"), *written_lines(written)
    )
    made = view(CALLBACK, f"取組内容 {era(collection)}", None, said.blocks, close="閉じる")
    return {**made, "clear_on_close": True}


def written_lines(written: Written | Effort) -> Iterator[Line]:
    """What was written, each part with its name."""
    if written.direction:
        yield line(f"{NAMES[DIRECTION]}: {DIRECTIONS[written.direction]}")
    if written.work:
        yield line(f"{NAMES[WORK]}: {one_line(written.work)}")
    if written.factors:
        yield line(f"{NAMES[FACTORS]}: {one_line(written.factors)}")


def _text(block: str, initial: str | None, hint: str) -> Block:
    return text_field(block, NAMES[block], initial, hint=hint, most=LONGEST, multiline=True)


def _direction(held: Effort | None) -> Block:
    options = [
        option("（書かない）", _NONE),
        *(option(word, code) for code, word in DIRECTIONS.items()),
    ]
    now = (held.direction if held else None) or _NONE
    first = next(each for each in options if each["value"] == now)
    return field_of(
        DIRECTION, NAMES[DIRECTION], select("chosen", "選ぶ", options, first), optional=True
    )


def _read(state: Mapping[str, Any], block: str) -> str | None:
    return (readable(typed(state, block)) or "")[:LONGEST].strip() or None
