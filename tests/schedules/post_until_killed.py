"""A process that only posts: `python -m tests.schedules.post_until_killed DATABASE URL TOKEN`.

It says `ready` once it could begin, goes on until nothing is left, and is meant to be killed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from schedules.delivery import Poster
from schedules.slack import SlackWeb, posting_client
from store import outbox
from store.db import open_db

WAIT = 0.5


def main(path: str, url: str, token: str) -> None:
    db = open_db(Path(path))
    poster = Poster(SlackWeb(posting_client(token, url)), time.time, WAIT)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while outbox.messages(db, "due") or outbox.messages(db, "sending"):
        poster.drain(db)
        time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
