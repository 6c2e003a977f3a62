"""The workspace's people as last heard from Slack: who is a member, a guest, an outsider, a bot.

A working table kept fresh by events, at start and nightly. Who is not in it is unknown, and unknown
is refused after one short look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from store.acts import rows
from store.departments import departments
from store.reading.seen import readable


def standing_of(user: Mapping[str, Any], home: str) -> str:
    """Slack's user object → member, guest, other_workspace, bot or deactivated.

    For externals a differing `team_id` is the real test; on Enterprise Grid the organisation's id
    may stand in its place.
    """
    enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
    if user.get("deleted"):
        return "deactivated"
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return "bot"
    if user.get("is_stranger") or home not in {user.get("team_id"), enterprise}:
        return "other_workspace"
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return "guest"
    return "member"


def remember(db: Database, users: Iterable[Mapping[str, Any]], home: str, at: datetime) -> None:
    """Keep what Slack says of these users."""
    for user in users:
        profile = user.get("profile") or {}
        given = (profile.get("display_name"), user.get("real_name"), user.get("name"))
        name = next((shown for each in given if (shown := _shown(each))), "")
        db.execute(
            """INSERT INTO directory(user, team, name, standing, seen_at) VALUES (?, ?, ?, ?, ?)
               ON CONFLICT(user) DO UPDATE SET team = excluded.team, name = excluded.name,
                 standing = excluded.standing, seen_at = excluded.seen_at""",
            [
                user["id"],
                user.get("team_id"),
                name,
                standing_of(user, home),
                at.isoformat(timespec="seconds"),
            ],
        )


def _shown(name: str | None) -> str:
    """A name that somebody gave themselves, as one line of what can be seen."""
    return " ".join((readable(name) or "").split())


def standing(db: Database, user: str) -> str | None:
    """What is known of `user`, or None."""
    row = db.execute("SELECT standing FROM directory WHERE user = ?", [user]).fetchone()
    return None if row is None else str(row[0])


def names(db: Database) -> dict[str, str]:
    """Display names by id: of people as Slack has them, of departments as they were last called."""
    found = rows(
        db,
        """SELECT department AS id, name FROM (SELECT * FROM departments ORDER BY id)
           UNION ALL SELECT user, name FROM directory""",
    )
    return {r["id"]: r["name"] for r in found}


def department_names(db: Database, today: date) -> dict[str, str]:
    """The same, with departments called as they are on a day; those that are no more by their last name."""
    return names(db) | {each.id: each.name for each in departments(db, today).values()}
