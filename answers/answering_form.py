"""The form to write what was done about an opinion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answers.fields import text_field, typed, view
from answers.layout import quiet, say
from answers.opinion_lines import Opinions, opinion_lines
from answers.spans import line
from store.errors import BadForm
from store.opinions import LONGEST
from store.reading.seen import readable
from store.remarks import Opinion

ANSWERING, DONE = "opinion_answer", "done"


def answer_form(opinion: Opinion, seen: Opinions) -> dict[str, Any]:
    """The modal (callback `opinion_answer`): the opinion, and room for what was done about it."""
    last = opinion.answer
    field = text_field(
        DONE,
        "対応",
        last.text if last else None,
        hint="したこと、またはこれからすることと時期。報告書の「昨年度の意見と対応」に載ります",
        most=LONGEST,
        multiline=True,
        optional=False,
    )
    head = say(*opinion_lines(opinion, seen, whole=True))
    note = quiet(line("前の対応は履歴に残り、新しいものが使われます。")) if last else None
    blocks = [*head.blocks, field, *(note.blocks if note else ())]
    metadata = f"{opinion.number}|{last.number if last else 0}"
    return view(ANSWERING, f"意見 #{opinion.number} への対応", "保存", blocks, metadata)


def read_answer(sent: Mapping[str, Any]) -> str:
    """What was done. Raises BadForm for nothing."""
    text = readable(typed(sent["state"]["values"], DONE)) or ""
    if not text:
        raise BadForm({DONE: "対応を書いてください。"})
    return text[:LONGEST]
