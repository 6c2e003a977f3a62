"""公開の決定 as planners are told of it: the proposal, how it ended, and the form that takes it back."""

from __future__ import annotations

from typing import Any

from answers.approval import Names
from answers.content import Block, Content
from answers.fields import text_field, typed, view
from answers.layout import compose, heading, quiet, row, say
from answers.spans import line
from store.fiscal import era
from store.publications import PublicationProposal

WHY = "why"
REVOKE = "revoke_publication"
EFFECT = "承認済みの値と判定が、だれでも見られるサイトに出せるようになります。"


def revoke_form(collection: int, metadata: str) -> dict[str, Any]:
    """The reason to stop publishing (callback `revoke_publication`)."""
    field = text_field(WHY, "取りやめる理由", most=1000, multiline=True, optional=False)
    note = quiet(
        line(f"{era(collection)}実績の公開の決定を取り消します。履歴には残ります。"),
        line("すでに公開したサイトは消えません。作り直すか、取り下げてください。"),
    )
    return view(REVOKE, "公開の取りやめ", "取りやめる", [field, *note.blocks], metadata)


def read_revoke_form(sent: dict[str, Any]) -> str:
    """The reason; empty for none."""
    return typed(sent["state"]["values"], WHY) or ""


def publication_asked(proposal: PublicationProposal, names: Names, way: Block) -> Content:
    """What the other planners are asked; `way` opens the collection's page."""
    year, who = era(proposal.collection), names.get(proposal.actor, proposal.actor)
    return compose(
        (
            heading(f"公開の提案　{year}実績"),
            say(
                line(
                    f"{who}さんが{year}実績の公開を提案しました。内容を確かめて確定してください。"
                ),
                line(EFFECT),
            ),
            row([way]),
        )
    )


def publication_settled(proposal: PublicationProposal, agreed: bool, who: str) -> Content:
    """The same message once the proposal was settled."""
    said = f"確定しました（{who}）" if agreed else f"提案は取り下げられました（{who}）"
    return compose((heading(f"公開　{era(proposal.collection)}実績"), say(line(said))))


def publication_revoked(collection: int, who: str, reason: str) -> Content:
    """What the other planners hear when a decision was taken back."""
    year = era(collection)
    return compose(
        (
            heading(f"公開の取りやめ　{year}実績"),
            say(
                line(f"{who}さんが{year}実績の公開の決定を取り消しました。"),
                line(f"理由: {reason}"),
                line("すでに公開したサイトがあれば、作り直すか、取り下げてください。"),
            ),
        )
    )
