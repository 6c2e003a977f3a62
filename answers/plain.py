"""Lists, departments, the whole strategy and help, asked for in plain words.

A sign alone is not enough: 待機児童は遅れていますか is about one indicator. These readings take a
question only when nothing is left of it once the sign and empty words are off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from answers.areas import area_in
from answers.framing import framed
from answers.help_topics import topic_in
from answers.intention import Arrangement, Intention
from answers.list_words import ARRANGED, LISTS, arranged
from answers.words import EVERYTHING, status_of
from store.departments import Department
from store.plan import Plan

_OVERVIEW = re.compile(
    "(?:第?[0-9一二三]期)?(?:まち・?ひと・?しごと創生)?(?:総合)?戦略(?:全体)?|計画(?:全体)?"
    "|全体(?:像|的)?|全指標|全KPI|(?:指標|KPI)(?:全体|全部|一覧)"
    "|(?:KPI|目標|指標)?の?(?:達成|進捗)(?:状況|率|度)|進み具合|進捗"
    "|まとめ|概要|サマリー?|ダッシュボード|一覧",
    re.I,
)
_WAYS = "(?:方法|仕方|やり方|手順|しかた|かた|方)"
_HELP = re.compile(
    f"(?:使い|つかい|聞き|きき|質問の|操作の?|入力の?|提出の?){_WAYS}"
    f"|実績の(?:出し|入れ|入力の?|提出の?){_WAYS}"
    "|操作(?:説明)?|ヘルプ|マニュアル|説明書|コマンド|help"
    "|(?:何|どんな(?:こと|質問))[がを]?(?:でき|聞け|きけ|質問でき|答えられ|調べられ|聞いたら|聞けば|聞いて|知って)[ぁ-ん]*"
    "|(?:できる|聞ける|調べられる)(?:こと|もの)|どう(?:やって)?(?:使|聞)[ぁ-ん]+",
    re.I,
)
# What may stand beside a sign without adding to it.
_EMPTY = re.compile(
    "一番|いちばん|最も|もっとも|特に|とくに|全部|ぜんぶ|すべて|全て|だけ|まだ|いまだ|もう|現時点"
    "|指標|KPI|項目|もの|やつ|こと|ところ|とこ|課|部署|部局|所管|担当|一覧|リスト|統計|実績|目標"
    "|年度|状況|進捗|進み具合|未対応|宿題|値|分|件|どれ|どの|どこ|どちら|なに|何|今"
    "|わから(?:ない|ず|ん)|分から(?:ない|ず|ん)|この|これ|その|ここ|あなた|システム|アプリ|kpibot|ボット|bot"
    "|ある|あり|ない|いる|する|した|され|して|です|ます|でし|ください|下さい|お願い|ほしい|なら|には|とか|など|たち"
    r"|[\s/、。・?!のはがをにでとへもやなかねよるてたし]",
    re.I,
)


_ALL = re.compile(
    "(?:全て|すべて|全部)?の?(?:全?(?:指標|KPI)|全て|すべて|全部)(?:の?一覧)?の?", re.I
)
_AROUND = re.compile(r"^[\sのはがをにで、]+|(?:の?(?:指標|もの|一覧|リスト))?[\sのはがを、。?!]*$")


def asked_for(words: str, plan: Plan, departments: Iterable[Department]) -> Intention | None:
    """Help, a list, a department or the whole strategy, when that is all that is asked for."""
    if topic := topic_in(words):
        return Intention("help", understood="使い方", topic=topic)
    how, left = arranged(words)
    department, rest = department_in(left, departments)
    if department is None and not how and _is_all(_HELP, rest, plan):
        return Intention("help", understood="使い方")
    if found := _list(rest, plan, department, how):
        return found
    if department is not None:
        return None if _says_more(rest, plan) else _of(department, how)
    if _is_all(_OVERVIEW, rest, plan):
        return Intention("overview", understood="戦略の全体")
    return None


def department_in(words: str, departments: Iterable[Department]) -> tuple[Department | None, str]:
    """The department that is named, and the words without it; (None, words) where none is."""
    # こども課（サンプル） is called こども課, and its brackets are narrow once the words are tidy.
    called = [
        (name, d)
        for d in departments
        for name in (d.name, normalize("NFKC", d.name), d.name.partition("（")[0])
    ]
    for name, department in sorted(called, key=lambda pair: -len(pair[0])):
        if name and name in words:
            return department, words.replace(name, " ", 1)
    return None, words


def _list(
    words: str, plan: Plan, department: Department | None, how: Arrangement
) -> Intention | None:
    """The list of a status, be it of one department, goal or policy only; arranged, of everything."""
    status = _status(words, plan)
    area, rest = (None, words) if status else area_in(words, plan)
    status = status or (_status(rest, plan) if area else None)
    if status is None:
        nothing_else = (area or department is None) and not _EMPTY.sub("", rest)
        everything = how and (nothing_else or _ALL.fullmatch(rest))
        if not everything:
            return None
        status = EVERYTHING
    called = " ".join(
        each for each in (department and department.name, area and area.called) if each
    )
    said = f"一覧: {called}の{status}" if called else f"一覧: {status}"
    return Intention(
        "list",
        (status,),
        understood=f"{said}（{ARRANGED[how]}）" if how else said,
        called=called,
        within=department.id if department else "",
        among=area.indicators if area else (),
        arranged=how,
    )


def _status(words: str, plan: Plan) -> str | None:
    bare = _AROUND.sub("", words)
    found = status_of(bare, plan) if bare else None
    if found is None:
        said = next((status for sign, status in LISTS if _is_all(sign, words, plan)), None)
        found = status_of(said, plan) if said else None
    return found


def _is_all(sign: re.Pattern[str], words: str, plan: Plan) -> bool:
    left = sign.sub(" ", words)
    return left != words and not _says_more(left, plan)


def _says_more(words: str, plan: Plan) -> bool:
    """There is more to these words than emptiness, and to what is left of them without a frame."""
    return bool(_EMPTY.sub("", words)) and bool(_EMPTY.sub("", framed(words, plan)))


def _of(department: Department, how: Arrangement) -> Intention:
    said = f"担当課 {department.name}" + (f"（{ARRANGED[how]}）" if how else "")
    id_, name = department.id, department.name
    return Intention("department", (id_,), understood=said, called=name, arranged=how)
