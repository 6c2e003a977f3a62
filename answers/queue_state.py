"""What a list of what waits shows and what is ticked in it, as its view carries it.

Nothing in it is believed: who may do what to which submission is decided when it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from answers.batches import Seen
from answers.spans import Line
from store.requests import Stage


@dataclass(frozen=True)
class Chosen:
    """What the list shows and what is ticked: filters (empty for all), page, submissions' numbers.

    `turn` counts how often the list was shown, so that a new one never takes the ticks of an old one.
    """

    department: str = ""
    odd: str = ""
    collection: int = 0
    page: int = 1
    ticked: tuple[int, ...] = ()
    turn: int = 0

    def shows(self, each: Seen) -> bool:
        """Whether the filters let a submission pass."""
        submission = each.submission
        return (
            self.department in {"", submission.department}
            and self.collection in {0, submission.proposal.collection}
            and (not self.odd or (self.odd == "yes") == bool(submission.proposal.oddities))
        )

    @property
    def metadata(self) -> str:
        """As the view carries it."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: what they can decide on, what is their own, what waits for leads.

    `departments` are the names by id; `newest` is the newest submission there is, `away` who is away.
    """

    stage: Stage
    found: tuple[Seen, ...]
    own: tuple[Seen, ...] = ()
    for_leads: int = 0
    departments: Mapping[str, str] | None = None
    newest: int = 0
    away: tuple[Line, ...] = ()


def read_queue(sent: Mapping[str, Any]) -> Chosen:
    """A list as it stands before somebody. Raises ValueError for what is none of ours."""
    held = json.loads(sent["private_metadata"] or "{}")
    ticked: list[Any] = held.get("ticked", [])
    for block, state in sent["state"]["values"].items():
        if block.startswith("pick:"):
            boxes = (next(iter(state.values()), None) or {}).get("selected_options") or []
            ticked += [box["value"] for box in boxes]
    return Chosen(
        str(held.get("department", "")),
        str(held.get("odd", "")),
        _number(held.get("collection", 0)),
        max(1, _number(held.get("page", 1))),
        tuple(dict.fromkeys(_number(each) for each in ticked)),
        _number(held.get("turn", 0)),
    )


def _number(value: Any) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise ValueError(text)
    return int(text)
