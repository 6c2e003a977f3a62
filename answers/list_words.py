"""Plain words by which lists are asked for: まだ出していない課は, 遅れているもの.

`answers.words` holds the words for a status as they are shown; these are what people say instead.
The words for how a list is arranged are here, as they are shown and as they are said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from answers.intention import Arrangement

_IS = "(?:[てで]い?(?:る|ます|た)|た|ました)"
_IS_NOT = "(?:[てで]?(?:い|き)?(?:ない|ません|なかった))"
_DUE = "(?:期限|締め?切り?|しめきり|〆切)"
_DONE = "(?:達成|クリア)"

# The first sign that is found decides, so each stands before those that it holds.
_SAID: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "期限超過",
        (f"(?:提出|報告)?の?{_DUE}[をが]?(?:過ぎ|すぎ|超え|切れ)[ぁ-ん]*", "提出が遅れ[ぁ-ん]*"),
    ),
    (
        "未達成",
        (
            f"未達成?|{_DONE}[がは]?(?:でき|し|され){_IS_NOT}",
            f"目標[にを](?:届い|達し|足り){_IS_NOT}",
        ),
    ),
    (
        "未提出",
        (
            f"(?:提出|報告)?{_DUE}(?:は|って)?いつ[ぁ-ん]*",
            "いつまでに?(?:提出|出せ|出す)[ぁ-ん]*",
            f"(?:実績値?[をが]?)?(?:提出|報告|入力)[がをの]?(?:し|され|でき){_IS_NOT}",
            f"(?:実績値?[をが]?)?(?:出し|出|届い|送っ|上がっ){_IS_NOT}",
            "未(?:提出|報告|入力)|(?:提出|報告|入力)[がは](?:まだ|ない)",
        ),
    ),
    ("差戻し", ("差し?戻(?:し(?:中|に)?|され|った)?(?:な[っり])?(?:[てで]い?る|た)?",)),
    ("確認中", ("(?:承認|確認)(?:待ち|まち|中)|審査中|未承認", f"承認(?:され|し){_IS_NOT}")),
    ("承認済", (f"承認(?:済み?|(?:され|し){_IS})",)),
    ("公表待ち", ("(?:統計の?)?公表(?:待ち|まち|前)|統計待ち", f"公表(?:され|し){_IS_NOT}")),
    ("調査対象外", ("調査[がのを]?(?:対象外|ない|しない|なし|行わない)(?:年度?)?",)),
    ("目標なし", ("目標値?[がのは]?(?:ない|なし|書かれていない|決まっていない|設定されていない)",)),
    ("判定なし", (f"判定[がは]?(?:不能|なし|(?:でき|され|し){_IS_NOT})",)),
    (
        "達成",
        (
            f"(?:目標値?[をにが]?)?(?:もう|すでに|既に)?{_DONE}(?:済み?|(?:でき|し|され){_IS})",
            f"目標値?(?:に|まで)(?:届い|達し){_IS}",
        ),
    ),
    ("やや遅れ", (f"(?:少し|すこし|やや|ちょっと|若干)遅れ(?:気味|{_IS})?",)),
    (
        "遅れ",
        (
            f"(?:ペースが|進捗が|(?:計画|予定)より)?(?:遅れ|おくれ)(?:気味|がち|{_IS})?",
            f"進捗が悪い|(?:うまくいっ|進ん){_IS_NOT}",
        ),
    ),
    (
        "順調",
        (
            f"(?:順調|(?:計画|予定)(?:どおり|通り))[にな]?(?:進捗|(?:進ん|いっ){_IS})?",
            f"(?:うまくいっ|進ん){_IS}",
        ),
    ),
    ("向上", (f"(?:改善|向上)(?:(?:し|され){_IS})?|(?:良く|よく)なっ{_IS}",)),
    (
        "未達成",
        (
            f"(?:悪化|後退)(?:し{_IS})?|悪くなっ{_IS}",
            "(?:成績|結果|数字)?が?(?:悪い|よくない|良くない)",
        ),
    ),
)
LISTS = tuple((re.compile("|".join(signs)), status) for status, signs in _SAID)
"""What is said, and the word for the status (`answers.words.status_of`)."""

ARRANGED: Mapping[Arrangement, str] = {
    "department": "担当課別",
    "goal": "目標別",
    "near": "目標に近い順",
    "far": "目標から遠い順",
    "plan": "計画の順",
}
"""The words that arrange a list, as buttons say them."""

_MOST = "(?:一番|いちばん|最も|もっとも)?"
_EACH = "(?:別|ごと|毎)"
_ORDER = "(?:い順番?|いもの(?:順|から))"
_THEN = "(?:[にで](?:並べ(?:替え|かえ)?て?|して|分けて?|まとめて?)?)?"
# 期限の近い順 is another order, which there is none of.
_NO_DATE = "(?<!期限の)(?<!期限が)(?<!期限に)(?<!締切の)(?<!締切が)(?<!締切に)"
_ARRANGED: tuple[tuple[str, Arrangement], ...] = (
    (f"(?:担当|所管)?の?(?:課|部署|部局){_EACH}", "department"),
    (f"(?:基本)?目標{_EACH}", "goal"),
    (f"(?:目標値?|達成)[にへ]{_MOST}(?:近|ちか){_ORDER}|{_NO_DATE}(?:近|ちか){_ORDER}", "near"),
    (f"目標値?[にへ]{_MOST}(?:近|ちか)い", "near"),
    ("(?:進捗率?|達成率)[のが](?:高い|[良よ]い)順", "near"),
    (f"(?:(?:目標値?|達成)(?:から|に|より)の?{_MOST})?(?:遠|とお){_ORDER}", "far"),
    (f"目標値?(?:から|に|より){_MOST}(?:遠|とお)い", "far"),
    ("(?:進捗率?|達成率)[のが](?:低い|悪い)順", "far"),
    ("(?:計画|指標|番号)の?順(?![調位])", "plan"),
)
_SIGNS = tuple((re.compile(f"(?:{sign}){_THEN}"), how) for sign, how in _ARRANGED)


def arranged(words: str) -> tuple[Arrangement, str]:
    """How a list is to be arranged, and the other words; ("", words) where nothing is said of it."""
    for sign, how in _SIGNS:
        if found := sign.search(words):
            left = f"{words[: found.start()]} {words[found.end() :]}"
            return how, " ".join(left.split())
    return "", words
