"""予定: what the bot will say next by itself, kind by kind, and at which times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from answers.approval import Names
from answers.content import Block, Content, asked_first, button, cut, section
from answers.cycle_page import day_in_full
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Channel, line, mrkdwn, spoken
from answers.speech_times import TimesSeen, times_told
from store.outbox import Message

WORD = "予定"
TRY, PAUSE, RESUME = "speech:try", "speech:pause", "speech:resume"
NOW = "speech:now"
SAID_NOW = ("digest", "reminder", "nudge")
KINDS: Mapping[str, str] = {
    "digest": "週報",
    "reminder": "督促",
    "nudge": "承認などのお願い",
    "stage": "年間サイクルのお知らせ",
    "news": "値・判定のお知らせ",
}
MOST_EACH = 5
MOST_NAMED = 4
MOST_FAILED = 5
MOST_DAYS = 6


@dataclass(frozen=True)
class Planned:
    """Messages that are due together: `key` names them, `why` says why they will not go out."""

    key: str
    kind: str
    title: str
    due: datetime
    audiences: tuple[str, ...]
    why: str = ""


def planned_page(
    found: Sequence[Planned],
    paused: frozenset[str],
    names: Names,
    days: int,
    times: TimesSeen,
    note: str = "",
    failed: Sequence[Message] = (),
) -> Content:
    """The next few of every kind, with a button to try each, and to stop or resume the kind.

    Before them the times that hold, which another button changes.
    """
    return compose(
        (
            heading("これから自動で送るもの"),
            say(line(Bold(note))) if note else None,
            *times_told(times),
            *(
                part
                for kind in KINDS
                for part in _kind(kind, [p for p in found if p.kind == kind], paused, names)
            ),
            _failed(failed),
            quiet(
                line(
                    f"{days}日先まで、いまの状況のまま進んだ場合の予定です。提出や承認で変わります。"
                ),
                line(
                    "「自分に試す」は、その内容をあなたのDMにだけ送ります。本番の送信には数えません。"
                ),
            ),
        )
    )


def _failed(failed: Sequence[Message]) -> Part | None:
    """What did not go out lately, the newest first, with the reason."""
    if not failed:
        return None
    newest = list(reversed(failed))[:MOST_FAILED]
    lines = [line(f"・{each.title}　{each.error or ''}") for each in newest]
    return say(line(Bold(f"送れなかったお知らせ {len(failed)}件"), "（2週間分）"), *lines)


def _kind(
    kind: str, found: Sequence[Planned], paused: frozenset[str], names: Names
) -> Iterator[Part]:
    off = kind in paused
    press = button("再開", f"{RESUME}:{kind}", kind, "primary") if off else _stop(kind)
    state = "停止中です。再開するまで送りません。" if off else f"{len(found)}回"
    yield say(line(Bold(KINDS[kind]), f"　{state}"), accessory=press)
    for each in found[:MOST_EACH]:
        yield _one(each, names)
    if found and kind in SAID_NOW and not off and not found[0].why:
        yield row([_now(found[0])])
    if not found:
        yield quiet(line("予定はありません。"))
    elif later := found[MOST_EACH:]:
        yield quiet(line(f"ほか{len(later)}回（{_days(later)}）"))


def _days(found: Sequence[Planned]) -> str:
    """The first days of what is not shown one by one."""
    days = list(dict.fromkeys(f"{each.due.month}/{each.due.day}" for each in found))
    return "・".join(days[:MOST_DAYS]) + ("…" if len(days) > MOST_DAYS else "")


def _stop(kind: str) -> Block:
    return button("止める", f"{PAUSE}:{kind}", kind)


def _now(each: Planned) -> Block:
    press = button("次の1回を今すぐ送る", cut(f"{NOW}:{each.kind}:{each.key}", 255), each.key)
    when = f"{each.due.month}/{each.due.day}"
    asks = f"{when}の「{cut(each.title, 80)}」を、{_plain_audience(each)}へ今すぐ送ります。"
    return asked_first(press, "今すぐ送りますか", f"{asks}{when}にはもう送りません。", "送る")


def _plain_audience(each: Planned) -> str:
    people = [a for a in each.audiences if a.startswith(("U", "W"))]
    channels = len(each.audiences) - len(people)
    said = [f"{channels}チャンネル" if channels else "", f"{len(people)}人" if people else ""]
    return "と".join(filter(None, said))


def _one(each: Planned, names: Names) -> Part:
    when = f"{day_in_full(each.due.date())} {each.due:%H:%M}"
    tries = button("自分に試す", cut(f"{TRY}:{each.key}", 255), each.key)
    said = line(Bold(when), f"　{each.title}")
    to = f"宛先: {audience_said(each.audiences, names)}"
    rest = [to, *([mrkdwn(line(each.why))] if each.why else [])]
    return Part((section("\n".join([mrkdwn(said), *rest]), tries),), (spoken(said), *rest))


def audience_said(audiences: Sequence[str], names: Names) -> str:
    """Channels and people by name, and how many people there are; escaped as Slack wants it."""
    channels = [each for each in audiences if not each.startswith(("U", "W"))]
    people = [mrkdwn(line(names.get(each, each))) for each in audiences if each not in channels]
    more = f" ほか{len(people) - MOST_NAMED}人" if len(people) > MOST_NAMED else ""
    named = f"{'・'.join(people[:MOST_NAMED])}{more}（{len(people)}人）" if people else ""
    return "、".join(filter(None, [*(_channel(each, names) for each in channels), named]))


def _channel(channel: str, names: Names) -> str:
    """A department's by the department; any other as Slack calls it."""
    return mrkdwn(line(names[channel])) if channel in names else Channel(channel).shown
