"""Putting an issued sheet into somebody's DM, once however often it is tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

from slack_sdk import WebClient

from answers import sheet_messages
from answers.sheet_form import sheet_form
from bot.desk import FAILURES, Desk
from bot.downloads import TIMEOUT_SECONDS
from reports.sheet.writing import write_sheet
from schedules.slack import single
from store import comparisons, departments, directory, remarks, sheets
from store.db import writing
from store.sheets import Sheet, indicators_of
from store.standing import outlook


@dataclass(frozen=True)
class Parcel:
    """A file for somebody: its name, what is in it, and what stands beside it (escaped)."""

    name: str
    body: bytes
    comment: str


def upload_once(desk: Desk, key: str, user: str, pack: Callable[[], Parcel]) -> None:
    """Put a file into the person's DM. One that an earlier try shared is not shared again."""
    client = single(desk.client)
    earlier = sheets.upload_of(desk.db, key)
    if earlier and _is_shared(client, earlier):
        return
    parcel = pack()
    channel = client.conversations_open(users=user)["channel"]["id"]
    begun = client.files_getUploadURLExternal(filename=parcel.name, length=len(parcel.body))
    request = Request(begun["upload_url"], parcel.body, method="POST")  # noqa: S310  # as Slack gave it
    with urlopen(request, timeout=TIMEOUT_SECONDS, context=client.ssl):  # noqa: S310
        pass
    with writing(desk.db):
        sheets.note_upload(desk.db, key, begun["file_id"])
    client.files_completeUploadExternal(
        files=[{"id": begun["file_id"], "title": parcel.name.removesuffix(".xlsx")}],
        channel_id=channel,
        initial_comment=parcel.comment,
    )


def parcel(desk: Desk, issued: Sheet) -> Parcel:
    """A department's sheet as a file."""
    called = directory.names(desk.db).get(issued.department, issued.department)
    name, comment = (
        sheet_messages.file_name(issued, called),
        sheet_messages.comes_with(issued, called),
    )
    return Parcel(name, sheet_bytes(desk, issued), comment)


def sheet_bytes(desk: Desk, issued: Sheet) -> bytes:
    """The issued sheet as a file, filled in with what is known now."""
    plan, names = desk.plan_of(issued.plan), directory.names(desk.db)
    ids = [i for i in indicators_of(issued.rows) if i in plan.by_id]
    seen = outlook(desk.db, plan, desk.today, issued.collection, ids)
    asked = [names.get(user, user) for user in departments.planners(desk.db)]
    called = names.get(issued.department, issued.department)
    held = comparisons.by_indicator(desk.db, plan.id)
    written = remarks.efforts(desk.db, plan.id, issued.collection, issued.at)
    return write_sheet(sheet_form(issued, seen, called, asked, held, written))


def _is_shared(client: WebClient, file: str) -> bool:
    try:
        found: Mapping[str, Any] = client.files_info(file=file)["file"]
    except FAILURES:
        return False
    return any(found.get(where) for where in ("ims", "channels", "groups", "shares"))
