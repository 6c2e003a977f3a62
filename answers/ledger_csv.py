"""The history as a CSV file that a spreadsheet opens as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answers.events import Reader, event_said
from reports.csv_file import csv_file
from store.fiscal import era
from store.ledger import Event

HEADINGS = (
    "日時",
    "操作",
    "番号",
    "指標・施策",
    "報告年度",
    "内容",
    "補足・理由",
    "担当課",
    "人",
    "経路",
)


def ledger_csv(events: Iterable[Event], reader: Reader) -> bytes:
    """UTF-8 with the mark that Excel looks for; no cell is taken for a formula."""
    return csv_file(HEADINGS, (_row(each, reader) for each in events))


def _row(event: Event, reader: Reader) -> Iterator[str]:
    said, plan = event_said(event, reader), reader.plan
    owner = reader.owner(event.subject) or ""
    policies = {policy.code: policy.name for policy in plan.policies}
    found = plan.by_id.get(event.subject)
    yield event.at[:16].replace("T", " ")
    yield said.what
    yield event.subject
    yield found.name if found else policies.get(event.subject, "")
    yield era(event.collection) if event.collection is not None else ""
    yield f"{said.channel} {said.value}".strip()
    yield "　".join(said.more)
    yield event.department_name or event.department or reader.names.get(owner, owner)
    yield said.who
    yield said.where
