"""締め: what is still open in a collection, the proposal and the second planner's word; and 訂正."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from answers.approval import Names
from answers.content import Block, Content, asked_first, button
from answers.facts import day_of
from answers.fields import text_field, typed, view
from answers.frozen import change_line
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Code, Line, line, one_line
from answers.words import grade_counts, state_counts
from store.fiscal import era
from store.locks import WORDS, Change, Lock, LockProposal
from store.standing import Outlook, Standing, State

WHY = "why"
# Shown in this order; what is approved or needs no figure keeps nothing open.
OPEN = (State.PENDING, State.RETURNED, State.LATE, State.MISSING, State.AWAITING, State.NOT_OPEN)
MOST_NAMED = 15


def closing_page(
    outlook: Outlook, lock: Lock | None, proposal: LockProposal | None, user: str, names: Names
) -> Content:
    """The collection's state, and the one step that comes next for this planner."""
    collection = outlook.cycle.collection
    everything = tuple(outlook.standings.values())
    return compose(
        (
            heading(f"締め　{era(collection)}実績"),
            say(*_state(outlook, lock, proposal, names)),
            say(
                line(f"指標{len(everything)}件: {state_counts(everything)}"),
                line(f"判定: {grade_counts(everything, outlook.plan)}"),
            ),
            *_open(everything),
            *(_corrected(everything) if lock else ()),
            _next(outlook, lock, proposal, user),
        )
    )


def _state(
    outlook: Outlook, lock: Lock | None, proposal: LockProposal | None, names: Names
) -> Iterator[Line]:
    today = outlook.today
    if lock:
        who = names.get(lock.actor, lock.actor)
        yield line(Bold("締め済み"), f"（{day_of(lock.at, today)} {who}確定）")
        yield line("判定は締めた時点で固定され、後からの訂正は「訂正後」として並べて表示します。")
    else:
        yield line(Bold("まだ締めていません"))
    if proposal:
        who = names.get(proposal.actor, proposal.actor)
        yield line(f"{WORDS[proposal.change]}の提案中（{day_of(proposal.at, today)} {who}）")
        if proposal.reason:
            yield line(f"理由: {one_line(proposal.reason)}")


def _open(everything: tuple[Standing, ...]) -> Iterator[Part]:
    for state in OPEN:
        found = [s for s in everything if s.state == state]
        if not found:
            continue
        named = "、".join(s.indicator.id for s in found[:MOST_NAMED])
        rest = f" ほか{len(found) - MOST_NAMED}件" if len(found) > MOST_NAMED else ""
        lead = sum(s.awaits_lead for s in found)
        of_lead = f"（うち課長確認待ち {lead}件）" if lead else ""
        yield say(line(Bold(f"{state.value} {len(found)}件"), f"{of_lead}　{named}{rest}"))


def _corrected(everything: tuple[Standing, ...]) -> Iterator[Part]:
    found = [s for s in everything if s.corrected]
    if found:
        yield say(line(Bold(f"締めた後の訂正 {len(found)}件")))
        for standing in found[:MOST_NAMED]:
            yield say(line(Code(standing.indicator.id), " ", *change_line(standing)))


def _next(outlook: Outlook, lock: Lock | None, proposal: LockProposal | None, user: str) -> Part:
    named = f"{outlook.plan.id}|{outlook.cycle.collection}"
    year = era(outlook.cycle.collection)
    if proposal and proposal.actor == user:
        return row([button("提案を取り下げる", "lock:drop", str(proposal.id))])
    if proposal:
        word = WORDS[proposal.change]
        agree = button(f"{word}を確定する", "lock:agree", str(proposal.id), "primary")
        title, effect = f"{year}実績の{word}を確定しますか", _effect(proposal.change == "lock")
        drop = button("提案を取り下げる", "lock:drop", str(proposal.id))
        return row([asked_first(agree, title, effect, "確定する"), drop])
    if lock:
        return row([button("締めの解除を提案", "lock:undo", named)])
    if any(s.state == State.PENDING for s in outlook.standings.values()):
        return row([button("確認中を残して締めを提案", "lock:leave", named)])
    propose = button("締めを提案", "lock:propose", named, "primary")
    title, effect = f"{year}実績の締めを提案しますか", "ほかの企画担当が確定すると締まります。"
    return row([asked_first(propose, title, effect, "提案する")])


def _effect(locks: bool) -> str:
    if locks:
        return (
            "判定を固定します。担当課はこの年度の実績を提出できなくなり、訂正は企画担当が行います。"
        )
    return "固定した判定を外し、担当課が再び提出できるようになります。履歴には残ります。"


def reason_form(collection: int, change: Change, metadata: str) -> dict[str, Any]:
    """The reason to unlock, or to lock while something waits (callback `propose_` and the change)."""
    label, effect = _REASONS[change]
    field = text_field(WHY, label, most=1000, multiline=True, optional=False)
    note = quiet(line(f"{era(collection)}実績の締めは、ほかの企画担当が確定すると{effect}"))
    blocks = [field, *note.blocks]
    return view(f"propose_{change}", WORDS[change], "提案する", blocks, metadata)


_REASONS: dict[Change, tuple[str, str]] = {
    "unlock": ("解除する理由", "解除されます。"),
    "lock": (
        "確認中を残して締める理由",
        "締まります。確認中の指標の判定は「確認中」のまま固定され、後で承認した値は「締め後に承認」として並べて表示します。",
    ),
}


def read_reason_form(sent: dict[str, Any]) -> str:
    """The reason; empty for none."""
    return typed(sent["state"]["values"], WHY) or ""


def lock_asked(proposal: LockProposal, names: Names, way: Block) -> Content:
    """What the other planners are asked; `way` opens the collection's page."""
    word, year = WORDS[proposal.change], era(proposal.collection)
    who = names.get(proposal.actor, proposal.actor)
    return compose(
        (
            heading(f"{word}の提案　{year}実績"),
            say(
                line(
                    f"{who}さんが{year}実績の{word}を提案しました。内容を確かめて確定してください。"
                ),
                line(f"理由: {one_line(proposal.reason)}" if proposal.reason else ""),
            ),
            row([way]),
        )
    )


def lock_settled(proposal: LockProposal, agreed: bool, who: str) -> Content:
    """The same message once the proposal was settled."""
    word, year = WORDS[proposal.change], era(proposal.collection)
    said = f"確定しました（{who}）" if agreed else f"提案は取り下げられました（{who}）"
    return compose((heading(f"{word}　{year}実績"), say(line(said))))
