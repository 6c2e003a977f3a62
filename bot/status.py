"""What the app says it is doing while an answer is on its way, in the thread of the question."""

from __future__ import annotations

import structlog

from bot.desk import FAILURES, Desk
from store import outbox

log = structlog.get_logger()

# Slack puts the app's name before it.
AT_WORK = "確認しています…"


def show_at_work(desk: Desk, channel: str, thread: str, answer: str) -> None:
    """Say in a thread that the answer (its outbox key) is on its way; its post takes that away.

    Done beside the answer, which waits for none of this: where it may have been posted first, the
    status is taken away by hand. https://docs.slack.dev/reference/methods/assistant.threads.setStatus
    """
    if _is_going_out(desk, answer):
        return
    try:
        _say(desk, channel, thread, AT_WORK)
        if _is_going_out(desk, answer):
            _say(desk, channel, thread, "")
    except FAILURES as error:
        log.info("status.not_set", error=str(error))


def _say(desk: Desk, channel: str, thread: str, status: str) -> None:
    desk.client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status)


def _is_going_out(desk: Desk, key: str) -> bool:
    found = outbox.message(desk.db, key)
    return found is not None and found.state != "due"
