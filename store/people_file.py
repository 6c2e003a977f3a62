"""The people file: planners, departments with their people and what they own, digest channels.

    planners = ["U…", "U…"]
    digest_channels = ["C…"]

    [[departments]]
    id = "children"
    name = "こども課"
    channel = "C…"             # optional: reminders go there, else to each person by DM
    leads = ["U…"]
    members = ["U…"]
    owns = ["1-1", "1-2", "6-3d"]   # policies, or single indicators
    since = 2025-04-01          # optional: from when on; today by default

Loading it again changes only what differs. People who are no longer named in a department leave it;
planners are only ever added here, so that a slip cannot shut the planning section out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from sqlite_utils import Database

from store import departments
from store.acts import By
from store.departments import Department
from store.errors import PlanMistakes
from store.plan import Plan
from store.reading.seen import readable
from store.subscriptions import Subscription, named, subscribe

USER = r"^[UW][A-Z0-9]{2,}$"
CHANNEL = r"^[CG][A-Z0-9]{2,}$"


class Strict(BaseModel):
    """Data of the file; an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def plainly(name: str) -> str:
    """The name itself, unless something in it cannot be seen or breaks the line."""
    if readable(name) != name or "\n" in name or "\t" in name:
        raise PydanticCustomError("unseen", "not plainly one line")
    return name


class DepartmentEntry(Strict):
    """One department as the file gives it."""

    id: str = Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")
    name: Annotated[str, Field(min_length=1, max_length=40), AfterValidator(plainly)]
    channel: str | None = Field(None, pattern=CHANNEL)
    leads: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    since: date | None = None


class PeopleFile(Strict):
    """All of the file."""

    planners: tuple[str, ...] = ()
    digest_channels: tuple[str, ...] = ()
    departments: tuple[DepartmentEntry, ...] = ()


def parse_people(text: str, name: str, plan: Plan) -> PeopleFile:
    """The file's data. Raises PlanMistakes naming every mistake and where it is."""
    try:
        data = PeopleFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PlanMistakes((f"{name}: TOML として読めません: {error}",)) from error
    except ValidationError as error:
        raise PlanMistakes(
            tuple(f"{name}: {_place(e['loc'])}: {_said(e)}" for e in error.errors())
        ) from error
    mistakes = tuple(f"{name}: {m}" for m in _mistakes(data, plan))
    if mistakes:
        raise PlanMistakes(mistakes)
    return data


WRONG = {
    "missing": "書いてください。",
    "string_type": "引用符で囲んだ文字で書いてください。",
    "string_pattern_mismatch": "書き方が違います。id は英数字と - _、channel は C… の ID です。",
    "string_too_short": "空です。書いてください。",
    "unseen": "見えない文字（制御文字、文字の向きを変える記号）や改行、前後の空白は使えません。",
    "string_too_long": "40文字までで書いてください。",
    "tuple_type": '["U0123ABCD"] のように [ ] で並べて書いてください。',
    "date_type": "2025-04-01 のように引用符なしの日付で書いてください。",
    "date_from_datetime_inexact": "2025-04-01 のように日付だけを書いてください。",
    "date_from_datetime_parsing": "2025-04-01 のように引用符なしの日付で書いてください。",
    "model_type": "[[departments]] の下に項目を書いてください。",
}


def _place(location: tuple[int | str, ...]) -> str:
    """`departments[1].name`, counted from 1 as people count."""
    said = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location)
    return said.removeprefix(".")


def _said(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        known = DepartmentEntry if "departments" in error["loc"] else PeopleFile
        return f"知らないキーです。使えるキー: {'、'.join(known.model_fields)}。"
    return WRONG.get(error["type"], f"この値は使えません（{error['msg']}）。")


def _mistakes(data: PeopleFile, plan: Plan) -> Iterable[str]:
    known = set(plan.by_id) | {p.code for p in plan.policies}
    owned: dict[str, str] = {}
    for entry in data.departments:
        for subject in entry.owns:
            if subject not in known:
                yield f"departments.{entry.id}.owns: 計画 {plan.id} に {subject} はありません"
            if subject in owned:
                yield f"departments.{entry.id}.owns: {subject} は {owned[subject]} も担当しています"
            owned[subject] = entry.id
        for user in (*entry.leads, *entry.members):
            yield from _not_an_id(user, USER, f"departments.{entry.id}")
    for user in data.planners:
        yield from _not_an_id(user, USER, "planners")
    for channel in data.digest_channels:
        yield from _not_an_id(channel, CHANNEL, "digest_channels")
    ids = [entry.id for entry in data.departments]
    yield from (
        f"departments: {d} が2回あります" for d in sorted({i for i in ids if ids.count(i) > 1})
    )


def _not_an_id(text: str, pattern: str, where: str) -> Iterable[str]:
    if not re.match(pattern, text):
        yield f"{where}: 「{text}」は Slack の ID ではありません（例: U0123ABCD、C0123ABCD）"


def load_people(db: Database, by: By, data: PeopleFile, plan: Plan) -> None:
    """Make the database say what the file says, from each department's `since` on."""
    for user in data.planners:
        departments.make_planner(db, by, user)
    for channel in data.digest_channels:
        weekly = Subscription(channel)
        if named(db, weekly.name) is None:
            subscribe(db, by, weekly)
    for entry in data.departments:
        appoint(db, by, plan.id, entry, entry.since or by.at.date())


def appoint(db: Database, by: By, plan: str, entry: DepartmentEntry, since: date) -> None:
    """From a day on a department is called so, has these people and (at least) owns these subjects."""
    departments.name_department(db, by, Department(entry.id, entry.name, entry.channel), since)
    departments.assign(db, by, plan, entry.owns, entry.id, since)
    _people(db, by, entry, since)


def _people(db: Database, by: By, entry: DepartmentEntry, since: date) -> None:
    named = {**dict.fromkeys(entry.members, "member"), **dict.fromkeys(entry.leads, "lead")}
    for user, role in named.items():
        departments.join(db, by, entry.id, user, "lead" if role == "lead" else "member", since)
    for user in departments.members(db, entry.id, since):
        if user not in named:
            departments.join(db, by, entry.id, user, "none", since)
