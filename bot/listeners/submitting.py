"""`/kpi-submit` by words: a preview with buttons, and what the buttons do."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, Respond

from answers import preview
from answers.asked_back import with_measure_question
from answers.propose import propose
from answers.said import Words, read_words
from answers.sheet_words import wants_sheet
from bot import proposals, rounds
from bot.acting import (
    act_once,
    click_key,
    met_user,
    refuse_outsiders,
    refused_once,
)
from bot.desk import Desk
from bot.listeners import forms, queue, sheets, withdrawing
from store import drafts
from store.acts import By
from store.db import writing
from store.errors import NotAllowed, Stale
from store.inbox import Reply
from store.people import Act, Who, permit_entry
from store.plan import Indicator
from store.submissions import Proposal

NO_DEPARTMENT = "実績の提出は担当課の担当者ができます。あなたの所属: なし。担当の変更は企画担当へ。"


def kpi_submit(desk: Desk, ack: Ack, command: dict[str, Any], respond: Respond) -> None:
    """All words there → a preview; fewer → the form, filled in as far as the words went; 様式 → a sheet."""
    user, team = met_user(desk, command)
    person = desk.who(user, team)
    key = f"command:{command['trigger_id']}"
    by = desk.by(user, "command")
    refused_once(desk, key, lambda: refuse_outsiders(by, person, Act.SUBMIT, "words"))
    if wants_sheet(command["text"]):
        sheets.ask_for_sheet(desk, ack, command, person)
        return
    if withdrawing.wants_list(command["text"]):
        withdrawing.answer_list(desk, ack, person)
        return
    if queue.wants_confirmations(command["text"]):
        queue.show_confirmations(desk, ack, command, person, respond)
        return
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
    owning = standing.department
    refused_once(desk, key, lambda: permit_entry(by, person, subject, owning))
    named = Proposal(desk.plan.id, words.indicator.id, standing.collection)
    rounds.refuse_closed(desk.db, person, named)


def _need_department(by: By, person: Who) -> None:
    if not person.departments and not person.may(Act.PROXY):
        raise NotAllowed(NO_DEPARTMENT, by, Act.SUBMIT, "form")


def _preview(desk: Desk, person: Who, words: Words, indicator: Indicator, value: str) -> Reply:
    standing = proposals.standing_of(desk, indicator, words.collection)
    proposal = propose(
        desk.plan,
        standing.indicator,
        standing.collection,
        value,
        desk.today,
        f"/kpi-submit {words.typed}",
        period=words.period,
        source=words.source,
        standing=standing,
        part=words.part,
    )
    draft = proposals.keep(desk, person.user, proposal)
    return proposals.shown(desk, standing, proposal, draft, person.user).message


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
    kept = drafts.use(desk.db, draft, by)
    proposal = proposals.from_draft(kept)
    if proposal.kind == "actual" and proposal.period is None:
        raise Stale("何年度の値かが選ばれていません。確認画面で年を選んでから提出してください。")
    proposals.check_fresh(desk, user, proposal, kept.get("seen", 0))
    submitted = rounds.enter(desk.db, by, person, proposal)
    receipt = rounds.receipt(desk.db, submitted, desk.today)
    if proposals.asks_measure(desk, proposal):
        receipt = with_measure_question(receipt, submitted)
    return receipt.message


def fix_draft(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """修正: the form, filled in with what the draft holds, and in its place from now on."""
    user, team = met_user(desk, body)
    person, by = desk.who(user, team), desk.by(user, "button")

    def mend() -> dict[str, Any]:
        refuse_outsiders(by, person, Act.SUBMIT, "draft")
        with writing(desk.db):
            return drafts.mend(desk.db, action.get("value", ""), by)

    kept = refused_once(desk, click_key(body, action), mend)
    ack()
    mended = proposals.from_draft(kept)
    desk.after(lambda: forms.show_proposal(desk, body["trigger_id"], mended, respond))


def drop_draft(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """取消: nothing was submitted, and the preview says so with what was typed."""
    user, team = met_user(desk, body)
    by = desk.by(user, "button")

    def drop() -> Reply:
        refuse_outsiders(by, desk.who(user, team), Act.SUBMIT, "draft")
        draft = action.get("value", "")
        kept = proposals.from_draft(drafts.use(desk.db, draft, by))
        return preview.dropped(kept).message

    reply = act_once(desk, click_key(body, action), drop)
    ack()
    desk.after(lambda: respond(replace_original=True, **reply))
