"""`/kpi-submit` by words: a preview with buttons, and what the buttons do."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers import preview
from answers.propose import Words, propose, read_words
from bot import proposals, rounds
from bot.acting import act_once, click_key, met_user, refuse_outsiders, refused_once
from bot.desk import Desk
from bot.listeners import forms
from store import drafts
from store.acts import By
from store.errors import NotAllowed
from store.inbox import Reply
from store.people import Act, Who, permit
from store.plan import Indicator

NO_DEPARTMENT = "実績の提出は担当課の担当者ができます。あなたの所属: なし。担当の変更は企画担当へ。"


def kpi_submit(desk: Desk, ack: Ack, command: dict[str, Any], respond: Respond) -> None:
    """All words there → a preview; fewer → the form, filled in as far as the words went."""
    user, team = met_user(desk, command)
    person = desk.who(user, team)
    key = f"command:{command['trigger_id']}"
    by = desk.by(user, "command")
    refused_once(desk, key, lambda: refuse_outsiders(by, person, Act.SUBMIT, "words"))
    words = read_words(command["text"], desk.plan, desk.today)
    check_may_submit(desk, key, person, words)
    if words.indicator is None or words.value is None:
        ack()
        desk.after(lambda: forms.show_form(desk, command["trigger_id"], words, respond))
        return
    reply = act_once(
        desk, key, partial(_preview, desk, person, words, words.indicator, words.value)
    )
    ack(response_type="ephemeral", **reply)


def check_may_submit(desk: Desk, key: str, person: Who, words: Words) -> None:
    """Refuse at once who may not submit this indicator (or anything at all)."""
    by = desk.by(person.user, "command")
    if words.indicator is None:
        refused_once(desk, key, lambda: _need_department(by, person))
        return
    standing = proposals.standing_of(desk, words.indicator, words.collection)
    subject = f"{desk.plan.id}/{words.indicator.id}/{standing.collection}"
    refused_once(desk, key, lambda: permit(by, person, Act.SUBMIT, subject, standing.department))


def _need_department(by: By, person: Who) -> None:
    if not person.departments:
        raise NotAllowed(NO_DEPARTMENT, by, Act.SUBMIT, "form")


def _preview(desk: Desk, person: Who, words: Words, indicator: Indicator, value: str) -> Reply:
    standing = proposals.standing_of(desk, indicator, words.collection)
    proposal = propose(
        desk.plan,
        indicator,
        standing.collection,
        value,
        desk.today,
        f"/kpi-submit {words.typed}",
        source=words.source,
        previous=proposals.previous(standing),
    )
    draft = drafts.keep(desk.db, person.user, proposals.as_draft(proposal), desk.now())
    return proposals.shown(desk, standing, proposal, draft).message


def submit_draft(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """提出: the draft becomes a submission; the preview becomes its receipt."""
    user, team = met_user(desk, body)
    reply = act_once(
        desk,
        click_key(body, action),
        lambda: submit_kept(desk, user, team, action.get("value", ""), "command"),
    )
    ack()
    desk.after(lambda: respond(replace_original=True, **reply))


def submit_kept(desk: Desk, user: str, team: str | None, draft: str, surface: str) -> Reply:
    """Use up a draft and submit it. Runs inside the act's transaction."""
    by, person = desk.by(user, surface), desk.who(user, team)
    refuse_outsiders(by, person, Act.SUBMIT, "draft")
    proposal = proposals.from_draft(drafts.use(desk.db, draft, user, desk.now()))
    submitted = rounds.enter(desk.db, by, person, proposal)
    return rounds.receipt(desk.db, submitted, desk.today).message


def fix_draft(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """修正: the form, filled in with what the draft holds."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")
    refused_once(
        desk,
        click_key(body, action),
        lambda: refuse_outsiders(by, person, Act.SUBMIT, "draft"),
    )
    kept = proposals.from_draft(drafts.look(desk.db, action.get("value", ""), user, desk.now()))
    ack()
    desk.after(lambda: forms.show_proposal(desk, body["trigger_id"], kept, respond))


def drop_draft(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """取消: nothing was submitted, and the preview says so with what was typed."""
    user, team = met_user(desk, body)
    by = desk.by(user, "button")

    def drop() -> Reply:
        refuse_outsiders(by, desk.who(user, team), Act.SUBMIT, "draft")
        draft = action.get("value", "")
        kept = proposals.from_draft(drafts.use(desk.db, draft, user, desk.now()))
        return preview.dropped(kept).message

    reply = act_once(desk, click_key(body, action), drop)
    ack()
    desk.after(lambda: respond(replace_original=True, **reply))
