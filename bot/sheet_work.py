"""Sending sheets and taking in files, after the ack: each a row that is done once, also over a restart.

Whoever runs takes a row for itself, brings it to an end that the person hears of, and commits that
end together with what is said. A row that a dead process left behind is begun anew at start.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import structlog

from answers import sheet_messages
from answers.content import Content
from bot.desk import FAILURES, Desk
from bot.door import sentence
from bot.downloads import TOO_BIG, download
from bot.opinion_sheets import parcel as packed_opinions
from bot.opinion_sheets import read_opinions
from bot.sheet_drafts import Draft, as_payload, shown
from bot.sheet_reading import read_against
from bot.sheet_sending import Parcel, upload_once
from bot.sheet_sending import parcel as packed_sheet
from reports.sheet.filled import Filled
from reports.sheet.opinion_form import FORM as OPINIONS
from reports.sheet.parcel import MOST_BYTES
from reports.sheet.reading import read_sheet
from store import drafts, opinion_sheets, outbox, sheets
from store.acts import By, record
from store.db import writing
from store.errors import BadInput, KpiError, NotAllowed
from store.people import Who
from store.sheets import Work

log = structlog.get_logger()

# Seconds between tries: Slack's short troubles pass, longer ones are told.
PAUSES = (1.0, 3.0)
NOT_FETCHED = (
    "Slack からファイルを受け取れませんでした。少し待ってから、もう一度ファイルを送ってください。"
)
NOT_SENT = "様式を送れませんでした。少し待ってから、もう一度 `{anew}` を試してください。"


def resume(desk: Desk) -> None:
    """At start, before anything new comes in: take up what was left undone."""
    with writing(desk.db):
        sheets.recover(desk.db)
    begin(desk)


def begin(desk: Desk) -> None:
    """There is work: let somebody do it once the ack is on its way."""
    desk.after(partial(carry_out, desk))


def carry_out(desk: Desk) -> None:
    """Bring work to its end as long as some is due, unless enough others are at it.

    Files may come by the dozen and take their time; the places of the desk that open forms must not
    all be taken by them. Whoever leaves looks once more, so that nothing waits for nobody.
    """
    while sheets.is_due(desk.db) and desk.seats.acquire(blocking=False):
        try:
            with writing(desk.db):
                work = sheets.take_work(desk.db)
            if work is not None:
                _carry_out(desk, work)
        finally:
            desk.seats.release()


def _carry_out(desk: Desk, work: Work) -> None:
    try:
        _CARRIED_OUT[work.kind](desk, work)
    except Exception as error:
        _end(desk, work, sentence(error, {}))


def _send(desk: Desk, work: Work) -> None:
    pack = _packing(desk, work.body)
    if pack is None or not _tried(partial(upload_once, desk, work.key, work.user, pack)):
        _end(desk, work, sheet_messages.not_sent(_not_sent(work.body)))
        return
    with writing(desk.db):
        sheets.finish_work(desk.db, work.key)


def _packing(desk: Desk, body: Mapping[str, Any]) -> Callable[[], Parcel] | None:
    """How the sheet that was issued is made into a file."""
    if "opinions" in body:
        opinions = opinion_sheets.sheet(desk.db, body["opinions"])
        return partial(packed_opinions, desk, opinions) if opinions else None
    issued = sheets.sheet(desk.db, body["sheet"])
    return partial(packed_sheet, desk, issued) if issued else None


def _not_sent(body: Mapping[str, Any]) -> str:
    return NOT_SENT.format(
        anew="/kpi-admin 意見 様式" if "opinions" in body else "/kpi-submit 様式"
    )


def _read(desk: Desk, work: Work) -> None:
    """Fetch the file, read it and show what it would change; or say what is wrong with it."""
    got: list[bytes] = []
    name, by = str(work.body["name"]), desk.by(work.user, "sheet")
    try:
        if not _tried(lambda: got.append(_fetched(desk, work.body))):
            raise BadInput(NOT_FETCHED)
        person = desk.who(work.user, work.team)
        draft = _against(desk, by, person, read_sheet(got[-1]))
    except NotAllowed as denied:
        refused = by.because(str(denied))
        note = partial(record, desk.db, refused, denied.act, denied.subject, "denied")
        _end(desk, work, sheet_messages.about_file(name, str(denied)), note)
    except KpiError as error:
        _end(desk, work, sheet_messages.about_file(name, str(error)))
    else:
        _show(desk, work, draft)


def _against(desk: Desk, by: By, person: Who, filled: Filled) -> Draft:
    """What the file would change, by the kind of sheet that it is."""
    read = read_opinions if filled.form == OPINIONS else read_against
    return read(desk, by, person, filled)


def _fetched(desk: Desk, body: Mapping[str, Any]) -> bytes:
    if int(body.get("size") or 0) > MOST_BYTES:
        raise BadInput(TOO_BIG.format(most=MOST_BYTES // (1024 * 1024)))
    url = body.get("url") or _address(desk, str(body["id"]))
    return download(desk.client, url, MOST_BYTES)


def _address(desk: Desk, file: str) -> str:
    """Events of shared channels bring a file's id alone."""
    found = desk.client.files_info(file=file)["file"]
    return str(found.get("url_private_download") or found["url_private"])


def _show(desk: Desk, work: Work, read: Draft) -> None:
    with writing(desk.db):
        if sheets.finish_work(desk.db, work.key):
            draft = drafts.keep(desk.db, work.user, as_payload(read), desk.now())
            _say(desk, work, shown(read, draft))
    desk.wake()


def _end(desk: Desk, work: Work, said: Content, note: Callable[[], object] | None = None) -> None:
    """The end of the work and the sentence about it, in one transaction."""
    with writing(desk.db):
        if sheets.finish_work(desk.db, work.key):
            if note is not None:
                note()
            _say(desk, work, said)
    desk.wake()


def _say(desk: Desk, work: Work, said: Content) -> None:
    payload = {**said.message, "thread_ts": work.thread} if work.thread else said.message
    audience, now = work.channel or work.user, desk.now().timestamp()
    outbox.enqueue(desk.db, f"sheet:{work.key}", audience, "照会様式", payload, now)


def _tried(attempt: Callable[[], object]) -> bool:
    """Try, and try again where Slack does not answer properly. Known errors pass."""
    for pause in (*PAUSES, None):
        try:
            attempt()
        except KpiError:
            raise
        except FAILURES as error:
            log.warning("sheet.slack_failed", error=str(error))
            if pause is None:
                return False
            time.sleep(pause)
        else:
            return True
    return False


_CARRIED_OUT: dict[str, Callable[[Desk, Work], None]] = {"send": _send, "read": _read}
