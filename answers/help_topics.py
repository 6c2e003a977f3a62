"""The pages of help, by the words that ask for them: ヘルプ 提出."""

from __future__ import annotations

import re
from collections.abc import Mapping

from answers.intention import Topic

TOPICS: Mapping[Topic, str] = {
    "ask": "聞き方",
    "lists": "一覧",
    "submit": "提出",
    "news": "共有・フォロー・グラフ",
    "rights": "できる人",
}
"""Each topic with the word after ヘルプ that asks for it."""

_SIGNS: tuple[tuple[str, Topic], ...] = (
    ("聞き方|聞く|きき方|質問|調べ方|検索|言葉", "ask"),
    ("一覧|リスト|並べ方|並べ替え|判定|状態", "lists"),
    ("提出|入力|報告|実績|出し方|承認|差し?戻し|kpi-submit", "submit"),
    ("共有|フォロー|グラフ|通知|知らせ|お知らせ|チャート", "news"),
    ("できる人|権限|だれ|誰|役割|担当", "rights"),
)
_HELP = re.compile(r"(?:ヘルプ|使い方|help)[\s・:の]+(.+)", re.I)


def topic_in(words: str) -> Topic:
    """The page that `ヘルプ 提出` asks for; none for other words, and for other topics."""
    found = _HELP.fullmatch(words)
    if found is None:
        return ""
    said = found[1].strip()
    whole: dict[str, Topic] = {title: topic for topic, title in TOPICS.items()}
    named = next((topic for sign, topic in _SIGNS if re.fullmatch(f"(?:{sign})", said, re.I)), None)
    return whole.get(said) or named or ""
