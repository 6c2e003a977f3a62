"""What a setting says, for the history: the day of a stage, a quiet period, a channel, a pause."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from answers.planned import KINDS
from answers.speech_times import CALLED, value_said
from store.cycle import dates_named
from store.fiscal import era
from store.plan import Plan
from store.times import TIMES, read

GONE = "取り消し"
DIGEST, NEWS = "digest.", "news.channel."
_OF_CHANNELS = (DIGEST, NEWS)
RHYTHMS = {"weekly": "毎週", "monthly": "毎月"}


@dataclass(frozen=True)
class Known:
    """What settings are told by: the plan's labels, and names by id."""

    plan: Plan
    names: Mapping[str, str]


def setting_said(
    key: str, value: str | None, plan: Plan, names: Mapping[str, str]
) -> tuple[str, str]:
    """What was set, and to what: `("年間サイクル", "R6実績 提出期限 → 2025-06-20")`.

    Departments are called by `names`; of a channel without the channel itself (see `channel_of`).
    """
    for prefix, (what, told) in _WORDS.items():
        if key.startswith(prefix):
            return what, told(key.removeprefix(prefix), value, Known(plan, names))
    return "設定", f"{key} → {value if value is not None else GONE}"


def channel_of(key: str) -> str:
    """The channel that a setting is about; empty for any other."""
    return next((key.removeprefix(each) for each in _OF_CHANNELS if key.startswith(each)), "")


def _date(rest: str, value: str | None, known: Known) -> str:
    _, _, rest = rest.partition(".")
    year, _, stage = rest.partition(".")
    named = dates_named(known.plan.labels).get(stage, stage)
    when = era(int(year)) if year.isdigit() else year
    return f"{when}実績 {named} → {value or '既定値に戻す'}"


def _period(rest: str, value: str | None, _: Known) -> str:
    return f"{rest} {value.replace('..', '〜') if value else GONE}"


def _paused(rest: str, value: str | None, _: Known) -> str:
    return f"{KINDS.get(rest, rest)} {'停止' if value else '再開'}"


def _digest(_rest: str, value: str | None, _: Known) -> str:
    return RHYTHMS.get(value, value) if value is not None else "外す"


def _news(_rest: str, value: str | None, _: Known) -> str:
    if value is None:
        return "一覧から外す"
    said = json.loads(value)
    scope = f"・{said['goal'][1]}" if said.get("goal") else ""
    return f"{'送る' if said.get('on') else '止める'}{scope}"


def _times(rest: str, value: str | None, _: Known) -> str:
    first, held = read(rest, value or "")
    return f"{CALLED[rest]} → {value_said(held)}（{first}から）"


def _lead(rest: str, value: str | None, known: Known) -> str:
    return f"{known.names.get(rest, rest)} {'求める' if value else '求めない'}"


_WORDS: dict[str, tuple[str, Callable[[str, str | None, Known], str]]] = {
    "cycle.": ("年間サイクル", _date),
    "quiet.": ("通知を控える期間", _period),
    "speech.paused.": ("自動送信", _paused),
    TIMES: ("送る時刻", _times),
    DIGEST: ("週報のチャンネル", _digest),
    NEWS: ("お知らせのチャンネル", _news),
    "lead_confirms.": ("課長確認", _lead),
}
