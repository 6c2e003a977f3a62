"""`/kpi-admin 週報`: who gets which digest, changed, posted at once and tried on oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from answers.content import Content
from answers.digest_form import Filled
from answers.digest_page import Listed, digest_page
from answers.trial import TRIAL, tried
from bot.admin.page import Request, page_in
from bot.admin.planned import channel_names
from bot.desk import Desk
from schedules.digests.issue import make_digest, post_now
from schedules.digests.occasions import TITLES, next_due
from schedules.digests.scoping import goal_scope, scoped
from schedules.due import reason_quiet
from schedules.scene import Stage, read_stage
from store import departments, outbox, quiet, settings, subscriptions
from store.acts import By, record
from store.errors import BadInput, Stale
from store.people import Act, Who, permit
from store.subscriptions import EVERYTHING, Choice, Scope, Subscription

OLD = "この画面は古いため使えません。`/kpi-admin 週報` から開き直してください。"
ALREADY = "この画面の後に、すでに投稿されています。続けて投稿するときは、もう一度押してください。"
THERE = "このチャンネルには、同じ範囲・同じ周期の配信がすでにあります。一覧の「変える」で直してください。"
NO_PLAN = "計画がまだ読み込まれていません。"


def page(desk: Desk, request: Request) -> Content:
    """`週報`, and `週報 2ページ` of many."""
    return shown(desk, page=page_in(request.words))


def shown(desk: Desk, notice: str = "", page: int = 1) -> Content:
    """The page as it stands."""
    stage, db = _stage(desk, desk.now()), desk.db
    found = [_listed(desk, stage, choice) for choice in subscriptions.choices(db)]
    paused = "digest" in settings.paused(db)
    return digest_page(found, channel_names(db, desk.now()), page, notice, paused)


def scopes(desk: Desk) -> Mapping[str, Sequence[tuple[str, Scope]]]:
    """What a digest can be about: everything, the goals of the plan, the departments of today."""
    plan, known = desk.plan, departments.departments(desk.db, desk.today)
    return {
        "全体": [("全体", EVERYTHING)],
        "目標": [(f"{g.label} {g.title}", goal_scope(plan.id, g.id)) for g in plan.goals],
        "課": [(d.name, Scope("department", d.id)) for d in known.values()],
    }


def save(desk: Desk, by: By, person: Who, name: str, filled: Filled) -> str:
    """Begin, change or end a subscription; what was done, in a sentence.

    Raises Stale for one that is not there any more, BadInput for one that is there already.
    """
    permit(by, person, Act.ADMINISTER, "digest")
    db, wanted = desk.db, filled.wanted
    if name and subscriptions.named(db, name) is None:
        raise Stale(
            "この配信は、画面を開いた後にやめられています。`/kpi-admin 週報` を開き直してください。"
        )
    if filled.stops:
        subscriptions.unsubscribe(db, by, name)
        return "配信をやめました。"
    if wanted.name != name and subscriptions.named(db, wanted.name):
        raise BadInput(THERE)
    if not name:
        subscriptions.subscribe(db, by, wanted)
        return "配信を加えました。"
    return "保存しました。" if subscriptions.change(db, by, name, wanted) else "変更はありません。"


def post(desk: Desk, by: By, person: Who, name: str, count: int) -> str:
    """Post an issue at once, unless one came after the page that had `count` of them."""
    permit(by, person, Act.ADMINISTER, "digest:now")
    held = _held(desk, name)
    if len(subscriptions.issues(desk.db, held)) != count:
        return ALREADY
    early = post_now(desk.db, _stage(desk, by.at), held, by.at)
    record(desk.db, by, "digest", held.name, "done")
    return "投稿します。今日の予定の分は、これに代わります。" if early else "投稿します（随時）。"


def try_on(desk: Desk, by: By, person: Who, name: str) -> None:
    """Put the next issue, as things stand, into the person's own DM."""
    permit(by, person, Act.ADMINISTER, "digest:try")
    held = _held(desk, name)
    due = next_due(held, by.at)
    made = make_digest(desk.db, _stage(desk, due), held)
    title = TITLES[held.rhythm]
    told = tried(made.content, title, due).message
    own = f"trial:{by.at:%Y%m%dT%H%M%S}:{by.actor}:{held.name}"
    outbox.enqueue(desk.db, own, by.actor, f"（{TRIAL}）{title}", told, by.at.timestamp())


def held_by(desk: Desk, name: str) -> Subscription:
    """The subscription that a button names. Raises Stale for one that is not there any more."""
    return _held(desk, name)


def _listed(desk: Desk, stage: Stage, choice: Choice) -> Listed:
    held, now = choice.subscription, desk.now()
    there = subscriptions.issues(desk.db, held)
    view = scoped(stage.outlook, stage.known, held.scope)
    coming = next_due(held, now, frozenset(each["key"] for each in there))
    said = "" if view is None else f"{view.label} {view.title}".strip() or "全体"
    why = reason_quiet(quiet.quiet_periods(desk.db), coming.date())
    return Listed(choice, said, coming, why, len(there))


def _held(desk: Desk, name: str) -> Subscription:
    held = subscriptions.named(desk.db, name)
    if held is None:
        raise Stale(OLD)
    return held


def _stage(desk: Desk, day: datetime) -> Stage:
    stage = read_stage(desk.db, day.date())
    if stage is None:
        raise Stale(NO_PLAN)
    return stage
