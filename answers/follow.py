"""フォロー: the button under an answer, the choice that it opens, and what followers hear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answers.asked import Asked
from answers.content import Block, Content, ask_button, button, cut
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Mention, line
from store.follows import Kind, Subject

ACTION, STOP_ACTION = "follow:", "unfollow:"
FOLLOW, FOLLOWING, STOP = "フォロー", "フォロー中", "フォローをやめる"
TO_ME, NOT_TO_ME = "自分に DM", "DM をやめる"
HERE, NOT_HERE = "このチャンネルに投稿", "このチャンネルへの投稿をやめる"
LIST_WORDS = "フォロー"
MOST_LISTED = 20
NOTHING = "フォローしているものはありません。答えの下の「フォロー」から始められます。"


class Verb(StrEnum):
    """What a button wants: to be asked first, or to begin or end a following, one's own or here."""

    CHOOSE = "choose"
    ON = "on"
    OFF = "off"
    ON_HERE = "on_here"
    OFF_HERE = "off_here"


@dataclass(frozen=True)
class Followed:
    """A subject of a plan, and what people call it."""

    plan: str
    subject: Subject
    name: str


def follow_button(asked: Asked, kind: Kind, name: str) -> Block:
    """フォロー, or フォロー中 where the person does already; pressing it asks where to be told."""
    label = FOLLOWING if (kind, name) in asked.follows else FOLLOW
    return _button(label, Verb.CHOOSE, asked.plan.id, (kind, name))


def choice(what: Followed, mine: bool, here: bool | None) -> Content:
    """Where to be told. `here` says whether the channel follows; None where there is none."""
    to_me = _choice(what, (NOT_TO_ME, Verb.OFF) if mine else (TO_ME, Verb.ON))
    states = [f"自分への DM: {_said(mine)}"]
    buttons = [to_me]
    if here is not None:
        states.append(f"このチャンネル: {_said(here)}")
        buttons.append(_choice(what, (NOT_HERE, Verb.OFF_HERE) if here else (HERE, Verb.ON_HERE)))
    asks = line("値が承認されて変わったとき、どこでお知らせしますか。")
    return compose(
        (
            say(line(Bold(what.name)), asks),
            quiet(line("・".join(states))),
            row([*buttons, ask_button("一覧", LIST_WORDS)]),
        )
    )


def follow_said(what: Followed, active: bool) -> Content:
    """The receipt, with the way back."""
    said = "をフォローしました。" if active else "のフォローをやめました。"
    more = line("値が承認されて変わったときに、DM でお知らせします。") if active else line()
    back = (STOP, Verb.OFF) if active else (FOLLOW, Verb.ON)
    return compose((say(line(Bold(what.name), said), more), row([_choice(what, back)])))


def follows_here(what: Followed, user: str) -> Content:
    """Told to a channel that follows from now on: by whom, and how to end it."""
    return compose(
        (
            say(
                line(Mention(user), " さんが、このチャンネルで次をフォローしました。"),
                line(Bold(what.name)),
                line("値が承認されて変わったときに、このチャンネルでお知らせします。"),
            ),
            row([_choice(what, (STOP, Verb.OFF_HERE)), ask_button("一覧", LIST_WORDS)]),
        )
    )


def stopped_here(what: Followed) -> Content:
    """The receipt for whoever ended what a channel followed."""
    said = line("このチャンネルでの ", Bold(what.name), " のフォローをやめました。")
    return compose((say(said), row([_choice(what, (HERE, Verb.ON_HERE))])))


def followings(mine: Sequence[Followed], here: Sequence[Followed] | None) -> Content:
    """Everything that a person follows, and the channel (None: asked where there is none)."""
    groups = [("あなたへの DM", mine, Verb.OFF)]
    if here is not None:
        groups.append(("このチャンネルへの投稿", here, Verb.OFF_HERE))
    found = [part for group in groups for part in _listed(*group)]
    note = line("値が承認されて変わったときに、お知らせします。")
    return compose(
        (heading("フォロー"), *(found or [say(line(NOTHING))]), quiet(note) if found else None)
    )


def stop_button(what: Followed, here: bool) -> Block:
    """フォローをやめる（1-1b）, one's own or the channel's."""
    verb = Verb.OFF_HERE if here else Verb.OFF
    return _choice(what, (f"{STOP}（{_short(what)}）", verb))


def _listed(title: str, found: Sequence[Followed], verb: Verb) -> Iterator[Part]:
    if not found:
        return
    yield say(line(Bold(f"{title} {len(found)}件")))
    for each in found[:MOST_LISTED]:
        place = "here" if verb == Verb.OFF_HERE else "me"
        stop = _button("解除", verb, each.plan, each.subject, f"{STOP_ACTION}{place}:")
        yield say(line(each.name), accessory=stop)
    if len(found) > MOST_LISTED:
        yield quiet(line(f"ほか{len(found) - MOST_LISTED}件"))


def _short(what: Followed) -> str:
    kind, name = what.subject
    if kind == "goal":
        # 基本目標3 若い世代の… is 基本目標3 for short.
        return what.name.partition(" ")[0]
    return what.name if kind == "department" else name


def _said(active: bool) -> str:
    return "フォロー中" if active else "なし"


def _choice(what: Followed, offer: tuple[str, Verb]) -> Block:
    label, verb = offer
    return _button(label, verb, what.plan, what.subject, f"{ACTION}{verb}:")


def _button(
    label: str, verb: Verb, plan: str, subject: Subject, action: str = f"{ACTION}choose:"
) -> Block:
    kind, name = subject
    return button(label, cut(f"{action}{kind}:{name}", 255), f"{verb}|{plan}|{kind}|{name}")
