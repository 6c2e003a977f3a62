"""Words that mean the same in everyday Japanese and in a plan, and words that mean nothing alone.

Knowledge of the language, not of any city: what a city calls its figures stands in its plan file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.reading.letters import fold, normalise
from store.spelling import word

_BREAKS = re.compile(r"[\s()\[\]{}<>「」『』【】〈〉《》〔〕“”\"'’・,、。!?:/=+※~〜]+")
# Between words that are not hiragana these only join; inside hiragana they may be part of a word.
_JOINS = re.compile(
    "(?<![ぁ-ん])(?:"
    "における|について(?:の)?|に対する|に関する|に係る|に占める|に基づく|により|による|のうち|"
    "(?:し|でき|され|なって|って)?(?:て(?:い)?(?:る|ます|た)|でいる)|"
    "した|する|できる|できた|される|された|"
    "および|または|など|とか|への|での|との|から|まで|より|って|"
    "[のをがはにでとへやも等])(?![ぁ-ん])"
    "|(?<![ぁ-ん])[をで]?(?:やった|やって(?:い)?る|行った|行って(?:い)?る|行われた|おこなった)"
    "|(?<![ぁ-ん])[をで](?=[ぁ-ん])|だ?と(?:思う|思って(?:い)?る|感じる|答えた)"
    "|(?<=[A-Za-z])(?=[一-龥ァ-ヶ])|(?<=[一-龥ァ-ヶー])(?<![件人回本軒者体国帯所])(?=数$)"
)
# Longer ones stand first.
_SAME = tuple(
    (re.compile(everyday), usual)
    for everyday, usual in (
        ("お年寄り|お年より|年寄り|シニア|老人", "高齢者"),
        ("お子さん|お子様|子(?=[のがにはをも]|$)", "こども"),
        ("女の人|女子(?!高)", "女性"),
        ("男の人|男子(?!高)", "男性"),
        ("会社|法人", "企業"),
        ("ウェブサイト|ウェブ|サイト|hp|web", "ホームページ"),
        ("マイナンバーカード|マイナンバー|マイナカード|マイナ(?!ス)", "マイナカード"),
        ("再生可能エネルギー|自然エネルギー", "再エネ"),
        ("二酸化炭素", "co2"),
        ("保育園", "保育所"),
        ("町内会", "自治会"),
        ("起業|開業", "創業"),
        ("旅行者|旅行客|来訪者", "観光客"),
        ("障がいのある(?:人|方)|障害のある(?:人|方)", "障がい者"),
        ("人財", "人材"),
        ("死者|亡くなった人|亡くなった", "死亡者"),
        ("けが人|怪我人|けがした人|けがをした人|負傷した人", "負傷者"),
        ("お店|店(?!舗)", "店舗"),
        ("比率|割合|パーセント|率", "割合"),
        ("者数", "人数"),
        ("インターネット|ネット(?!ワ)", "オンライン"),
        ("働いて|働く(?=人)", "就労"),
        ("使った|使って|使う|使われ", "利用"),
        ("pv|ページビュー", "アクセス数"),
        ("引っ?越して(?:くる|来る|きた|来た)", "転入"),
        ("引っ?越して(?:いく|行く|いった|出)", "転出"),
    )
)
_MEASURES = (
    (
        "count",
        re.compile(
            "数(?![値字年か])|何[人名件回本軒戸基台社店]|何(?:団体|か所|箇所|世帯|事業所|千人|万人)"
        ),
    ),
    ("rate", re.compile("率|割合|何割|%|パーセント")),
    ("amount", re.compile("額|何(?:万|億|千)?円")),
    ("area", re.compile("面積|広さ")),
)
_UNITS = (
    ("rate", re.compile("[%倍]|ポイント")),
    ("amount", re.compile("円")),
    ("area", re.compile("㎡|m2|ha|ヘクタール")),
)


def pieces(text: str) -> Iterator[str]:
    """The words of a text as far as blanks, signs and joining words tell them apart."""
    plain = normalise(text)
    for part in _BREAKS.split(plain):
        yield from _JOINS.sub(" ", part).split()


def folded(piece: str) -> str:
    """One word in one spelling, everyday words as plans write them; katakana stay katakana."""
    plain = fold(piece)
    for spoken, usual in _SAME:
        plain = spoken.sub(usual, plain)
    return word(plain).replace("%", "")


def measures(text: str) -> frozenset[str]:
    """What kind of figure a question or a name says it is: 件数 and 何人 are counts, 率 a rate."""
    plain = normalise(text)
    return frozenset(kind for kind, sign in _MEASURES if sign.search(plain))


def measure_of(unit: str) -> str | None:
    """What kind of figure has this unit; None for a figure without one."""
    if not unit:
        return None
    return next((kind for kind, sign in _UNITS if sign.search(unit)), "count")
