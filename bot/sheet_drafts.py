"""What stands behind a sheet's preview: its rows as a draft keeps them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from answers.content import Content
from answers.opinion_preview import opinions_preview
from answers.sheet_comparing import Compared
from answers.sheet_efforts import Reflected
from answers.sheet_preview import SheetPreview, sheet_preview
from answers.sheet_rows import Judged, RowState
from bot import opinion_drafts
from bot.opinion_drafts import OpinionsDraft
from bot.proposals import as_draft, from_draft
from store.efforts import Written
from store.errors import Stale


@dataclass(frozen=True)
class SheetDraft:
    """A preview of an issue (`sheet`), with the newest submission there was (`seen`)."""

    sheet: str
    seen: int
    preview: SheetPreview


Draft = SheetDraft | OpinionsDraft


def shown(kept: Draft, draft: str, page: int = 1) -> Content:
    """A page of the preview; `draft` is the id behind its buttons."""
    if isinstance(kept, OpinionsDraft):
        return opinions_preview(kept.preview, draft, page)
    return sheet_preview(kept.preview, draft, page)


def as_payload(kept: Draft) -> dict[str, Any]:
    """As `store.drafts` keeps it."""
    if isinstance(kept, OpinionsDraft):
        return opinion_drafts.as_payload(kept)
    shown = kept.preview
    return {
        "sheet": kept.sheet,
        "seen": kept.seen,
        "title": shown.title,
        "notes": list(shown.notes),
        "sample": shown.sample,
        "rows": [_row(each) for each in shown.rows],
        "compared": [_kept(each) for each in shown.compared],
        "efforts": [asdict(each) for each in shown.efforts],
    }


def from_payload(payload: dict[str, Any]) -> Draft:
    """Back from a draft. Raises Stale for a draft that is none of a sheet."""
    if "opinions" in payload:
        return opinion_drafts.from_payload(payload)
    if "sheet" not in payload:
        raise Stale("この入力は様式のものではありません。様式のファイルをもう一度送ってください。")
    shown = SheetPreview(
        payload["title"],
        tuple(_judged(each) for each in payload["rows"]),
        tuple(payload["notes"]),
        payload["sample"],
        tuple(_compared(each) for each in payload.get("compared", ())),
        tuple(_reflected(each) for each in payload.get("efforts", ())),
    )
    return SheetDraft(payload["sheet"], payload["seen"], shown)


def _row(judged: Judged) -> list[Any]:
    proposal = as_draft(judged.proposal) if judged.proposal else None
    return [
        judged.state.value,
        judged.indicator,
        judged.name,
        judged.said,
        list(judged.why),
        judged.address,
        proposal,
    ]


def _judged(row: list[Any]) -> Judged:
    state, indicator, name, said, why, address, proposal = row
    made = from_draft(proposal) if proposal else None
    return Judged(RowState(state), indicator, name, said, tuple(why), address, made)


def _kept(compared: Compared) -> dict[str, Any]:
    values = {series or "": format(value, "f") for series, value in compared.values.items()}
    return {**asdict(compared), "state": compared.state.value, "values": values}


def _compared(kept: dict[str, Any]) -> Compared:
    values = {series or None: Decimal(value) for series, value in kept["values"].items()}
    why = tuple(kept["why"])
    return Compared(**{**kept, "state": RowState(kept["state"]), "values": values, "why": why})


def _reflected(kept: dict[str, Any]) -> Reflected:
    state, why, written = RowState(kept["state"]), tuple(kept["why"]), Written(**kept["written"])
    return Reflected(**{**kept, "state": state, "why": why, "written": written})
