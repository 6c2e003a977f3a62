"""The form that closes a stage, or opens it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answers.cycle_page import WHY, lacks, named_by
from answers.fields import text_field, typed, view
from answers.layout import quiet, say
from answers.spans import Bold, line
from answers.stage_words import stages_named
from store.fiscal import era
from store.reading.seen import readable
from store.stages import gaps
from store.standing import Outlook

CLOSING, REOPENING = "close_stage", "reopen_stage"


def stage_form(outlook: Outlook, stage: str, closes: bool, heard: int = 0) -> dict[str, Any]:
    """The form to close a stage, with what it lacks, or to open it again; a reason where one is due.

    The metadata ends with `overrule` when something was missing as it opened. `heard` is how many
    channels are told of it.
    """
    called = stages_named(outlook.plan.labels)[stage]
    lacking = list(lacks(outlook, stage)) if closes else []
    complete = closes and not gaps(outlook, stage)
    about = line(Bold(f"{era(outlook.cycle.collection)}実績　{called}"))
    label = "メモ" if complete else "不足のまま完了にする理由" if closes else "取り消す理由"
    why = text_field(WHY, label, most=500, multiline=True, optional=complete)
    named = named_by(outlook.plan.id, outlook.cycle.collection, stage)
    ends = "" if complete else "|overrule"
    title, verb = ("段階の完了", "完了にする") if closes else ("完了の取消し", "取り消す")
    told = quiet(line(f"お知らせのチャンネル（{heard}か所）に1文で知らせます。")).blocks
    blocks = [*say(about, *lacking).blocks, why, *(told if closes and heard else ())]
    return view(CLOSING if closes else REOPENING, title, verb, blocks, named + ends)


def read_reason(sent: Mapping[str, Any]) -> str | None:
    """The reason; None for none."""
    return readable(typed(sent["state"]["values"], WHY))
