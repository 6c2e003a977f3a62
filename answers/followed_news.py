"""What a follower hears when values are approved: one message, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answers.asked import Asked, sample_note
from answers.content import Block, Content, ask_button
from answers.facts import provenance
from answers.follow import LIST_WORDS, Followed, stop_button
from answers.intention import Intention
from answers.layout import Part, compose, heading, quiet, row, say
from answers.lines import headline
from answers.spans import Bold, Code, line
from store.fiscal import era
from store.people import Who
from store.standing import Outlook, Standing
from store.submissions import Submission
from store.telling import values_said

MOST_TOLD = 15


@dataclass(frozen=True)
class Told:
    """An approved value that changed, and what it was followed for. `before` None: the first."""

    outlook: Outlook
    standing: Standing
    before: Submission | None
    after: Submission
    reasons: tuple[Followed, ...]


def followed_news(found: Sequence[Told], names: Mapping[str, str], here: bool = False) -> Content:
    """The changed values in their order; `here`: for a channel that follows."""
    count = f"（{len(found)}件）" if len(found) > 1 else ""
    left = len(found) - MOST_TOLD
    return compose(
        (
            heading(f"フォロー中の指標の値が承認されました{count}"),
            *(part for each in found[:MOST_TOLD] for part in _changed(each, names)),
            quiet(line(f"ほか{left}件")) if left > 0 else None,
            sample_note(tuple(each.standing for each in found)),
            row(_ways(found, here)),
        )
    )


def _changed(told: Told, names: Mapping[str, str]) -> Iterator[Part]:
    standing, after = told.standing, told.after
    indicator = standing.indicator
    asked = Asked(Intention("indicator"), told.outlook, Who("", "member"), names)
    old = values_said(told.before.proposal, indicator) if told.before else "—"
    yield say(
        line(Bold(indicator.name), " ", Code(indicator.id)),
        line(
            f"{era(after.proposal.collection)}実績 {old} → ",
            Bold(values_said(after.proposal, indicator)),
        ),
        line(headline(standing, asked)),
    )
    why = "・".join(reason.name for reason in told.reasons)
    yield quiet(
        line(provenance(after, told.outlook.today, names)),
        line(f"フォロー: {why}"),
    )


def _ways(found: Sequence[Told], here: bool) -> list[Block]:
    """To one value's answer and the ends of its followings; of several, to the list of them."""
    if len(found) > 1:
        return [ask_button("フォローの一覧", LIST_WORDS)]
    (told,) = found
    name = told.standing.indicator.id
    return [ask_button(name, name), *(stop_button(each, here) for each in told.reasons)]
