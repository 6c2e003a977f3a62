"""Questions that have no answer among the figures, by the words that give them away.

One table: what a class of questions is, what the person is told, and its signs. A sign that stands
in one of the plan's own names (他市町村に移りたい若者) is no sign for that plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from answers.matching import names_of
from store.kept import Same
from store.plan import Plan

_ELSEWHERE = "よその値"
_FIGURES = "記録している実績値と目標値をお答えします。"


@dataclass(frozen=True)
class Guard:
    """A class of questions that is not answered, the reason as it is said, and its signs."""

    what: str
    reason: str
    signs: tuple[str, ...]


GUARDS = (
    Guard(
        "見込み",
        f"今後の見込みや予測はお答えできません。{_FIGURES}",
        (
            "(?:再?来|翌)年度?(?!.*目標)|来月|来週",
            "[0-9一二三四五十]年後|将来|今後|この先|これから|このまま",
            "予測|予想|見通し|見込み|推計|シミュレーション",
            "(?:なり|でき|届き|増え|減り|上がり|下がり)そう|(?:増え|減り|上がり|下がり)続け",
        ),
    ),
    Guard(
        "理由",
        f"増減の理由や要因はお答えできません。{_FIGURES}",
        ("なぜ|何故|なんで|何で(?!す)|どうして|(?:理由|原因|要因)|背景|せいで|のせい",),
    ),
    Guard(
        "対策",
        f"対策や進め方のご提案はできません。{_FIGURES}",
        (
            "どう(?:すれば|したら|やって|やれば|やったら)|何を(?:すれば|したら)|(?:する|す)べき",
            "(?:対策|改善策|解決策|方策|アイデア|提案)(?:は|を|が|案|って|と|$)|改善するに",
            "(?:増やす|減らす|上げる|下げる|なくす|防ぐ|高める|延ばす|伸ばす|[良よ]くする)(?:に|方法|ため)",
        ),
    ),
    Guard(
        "意見",
        f"意見や評価はお答えできません。{_FIGURES}",
        (
            "どう(?:思|考え|感じ)|と思(?:う|います|いません|わない)か?[?。]?$|[良よい]いと思|べき(?:です)?か",
            "意見|感想|評判|口コミ|好き|嫌い|賛成|反対|支持率|意味が?あ[るり]|無駄|妥当",
            "[市町村区]長(?:の(?:評価|人柄|手腕|公約)|は誰|をどう|って|について)",
        ),
    ),
    Guard(
        _ELSEWHERE,
        "ほかの自治体や国・県の値はお答えできません。この計画の指標をお答えします。",
        (
            "(?:他|近隣|周辺|隣)の?(?:市町村?|市|町|村|自治体|県)(?!民)|よその?(?:市|町|村|自治体)",
            "同規模|類似団体|全国|日本(?!一)|世界|海外|外国|国(?:全体|内|の?平均)",
            "県(?:全体|内(?:の|で|平均|順位))|都道府県|県内(?:順位|ランキング)",
        ),
    ),
    Guard(
        "個人",
        "個人に関することや連絡先はお答えできません。",
        (
            "誰|だれ|どなた|(?:担当者|職員|課長|部長|本人)の(?:名前|氏名|連絡先|年齢|評価)",
            "氏名|住所|電話|携帯|メールアドレス|連絡先|生年月日|名簿|個人情報|給料|給与|年収|ボーナス",
            "[一-龥]{1,3}(?<![客皆子医者親母父店様婦民家生員])さん[のはにとを]",
        ),
    ),
    Guard(
        "手続き",
        "手続き・窓口・料金・日程などのご案内はできません。市の担当窓口やホームページをご覧ください。",
        (
            "申し?込|申請(?:方法|書|先|の仕方|の方法|期限|する|した|方)|届け?出|届け(?!ら)|予約|申告",
            "(?:方法|仕方|やり方|やりかた|手順|条件|要件|資格)(?:[はをが?。、]|って|について|教|$)",
            "窓口|相談(?:したい|先の|できる所)|問い?合わ?せ|受付|必要書類|持ち物|証明書|住民票|パスポート",
            "料金|会費|費用|値段|手数料|保育料|補助金|補助券|助成|手当|給付|支援金|奨励金|クーポン|税率|節税",
            "空き(?:状況|は|が|を)|締め?切|〆切|受け?取り?|見学|募集",
            "収集日|曜日|何時|時刻|日程|スケジュール|開催日|時間(?:帯|は|を|$|[?。])|営業|休館|閉館",
            "いつ(?:から|まで|ごろ)",
            "おすすめ|オススメ|お勧め|人気|返礼品|お礼の品|ランキング|スポット|イベント|見どころ|行き方|地図",
            "(?<!て)もらえ|買え|借り|受け取れ|探し(?:て|たい)|困(?:って|りま)|悩(?:んで|みま)|[な無失]くした|紛失|入る(?:に|方法)|入りたい",
            "どこ[でにへ][あ-ん一-龥]*(?:もら|買|借|申|届|相談|行け|行く|受け|出せ|聞け)",
            # したいのですが, but not 知りたい, 比べたい, だいたい.
            "(?<![知借]り)(?<!見)(?<!み)(?<!聞き)(?<!伺い)(?<!べ)(?<!出し)(?<!もらい)(?<!いただき)(?<!だい)"
            "(?<!(?:確認|比較|把握|説明|報告)し)(?<=[いきしちにびりけせてめれえ])たい"
            "(?:[のん]?です|[のん]だ|の|とき|時|場合|人|[?。]|$)",
        ),
    ),
    Guard(
        "ほかの話題",
        "天気・ニュース・雑談などにはお答えできません。この計画の指標・施策・目標をお答えします。",
        (
            "天気|気温|降水|天候|雨が|晴れ|暑い|寒い|花粉|ニュース|株価|為替|占い|運勢",
            "ごはん|ご飯|ランチ|晩飯|レシピ|料理|映画|音楽|ゲーム|サッカー|野球|冗談|面白い話|なぞなぞ",
            "(?:あなた|きみ|君|お前|おまえ)(?:[はのに]|って)|自己紹介|人工知能",
        ),
    ),
    Guard(
        "作業",
        "文章・翻訳・プログラム・計算などの作業はできません。",
        (
            "(?:翻|英)訳|英語|中国語|要約|作文|文章|原稿|答弁|あいさつ文|メールを?[書作]|企画書|資料を?作",
            "[をが案](?:書いて|作って|考えて|まとめて)(?:$|ください|下さい|ほし|くれ|もら|[?。])",
            "python|パイソン|java|マクロ|関数|プログラム|コードを|sql|html|正規表現|バグ",
            r"[0-9]+\s*[+*/×÷=]|[0-9]\s*(?:たす|かける|わる|引く)|計算して",
        ),
    ),
)

# Prefectures, and large cities and regions that are named without 市.
_PREFECTURE = re.compile(
    "北海道|東京都|大阪府|京都府|(?:関東|首都圏|都内|近畿|関西|東北|九州|東海|横浜|川崎|名古屋|神戸|札幌|仙台|さいたま|つくば)[のとはでよ]|"
    "(?:東京|大阪|京都|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|"
    "岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|"
    "佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)(?:県(?!平均|学)|[のとはでよ])"
)
# 桶川市の…, さいたま市と…; kana only where a word begins, so that ください市 is no city.
_CITY = re.compile(
    "(?:(?<![一-龥々])[一-龥々]{1,5}?(?:[ヶケ][一-龥々]{1,2})?"
    r"|(?:(?<=[\s、。とやはも])|^)[ぁ-んァ-ヶー]{2,7}[一-龥々]?)"
    r"(?:市|(?<=..)[町村区])(?=[のとはにでもよがっ、?。\s]|$)"
)
# 県平均と比べて, 県平均の…; not 県平均値との比較, which is part of names.
_AVERAGE = re.compile(
    "(?:[都道府]|[一-龥]{0,3}県|都道府県)の?平均値?(?=の(?!比較)|は|って|$|[?。\\s]|(?:と|に|より)も?(?:比|くら|高|低|多|少|上|下))"
    "|県(?=と(?:比|くらべ))"
)
_BESIDE = re.compile(
    "(?:全体)?(?:の|内の?)?(?:平均値?|値|数字)?(?:と|に|より)?も?"
    "(?:(?:比べ|くらべ|比較し?|対し)(?:る|て|たら)?(?:と|は)?)?[はのを、]?"
)
_NO_CITY = re.compile(
    "(?:[年月日度後時とはがのでにをもやかなて]|^[全各両本当同朝]|わが|我が|選挙|行政|(?<!京)都)[市町村区]$"
    "|[地学校特]区$"
)


@dataclass(frozen=True)
class Refusal:
    """Why a question is not answered."""

    what: str
    reason: str


def refused(words: str, plan: Plan) -> Refusal | None:
    """The first class that the words give away, or None where nothing speaks against answering."""
    words = words.replace(plan.municipality.partition("（")[0], "")
    return next((refusal for refusal, sign in _signs() if _given_away(words, sign, plan)), None)


def elsewhere(words: str, plan: Plan) -> tuple[str, str]:
    """The place with which something is to be compared, and the words without it; "" where none is.

    A place that stands in one of the plan's own names is part of that name.
    """
    words = words.replace(plan.municipality.partition("（")[0], "")
    names = _in_names(Same(plan), _AVERAGE)
    for sign in (_AVERAGE, *(sign for refusal, sign in _signs() if refusal.what == _ELSEWHERE)):
        if sign is not _AVERAGE and not _given_away(words, sign, plan):
            continue
        place = next((m for m in sign.finditer(words) if m[0] not in names), None)
        if place is not None:
            after = _BESIDE.sub("", words[place.end() :], count=1)
            return place[0].rstrip("のとはでよ"), f"{words[: place.start()]} {after}".strip()
    return "", words


def _given_away(words: str, sign: re.Pattern[str], plan: Plan) -> bool:
    """The sign is there, and is no part of a name: of a name it says nothing."""
    found = {match[0] for match in sign.finditer(words)}
    if sign is _CITY:
        found = {match for match in found if not _NO_CITY.search(match)}
    return bool(found) and bool(found - _in_names(Same(plan), sign))


@lru_cache(maxsize=4096)
def _in_names(same: Same[Plan], sign: re.Pattern[str]) -> frozenset[str]:
    names = names_of(same.it).written
    return frozenset(match[0] for name in names for match in sign.finditer(name))


@cache
def _signs() -> tuple[tuple[Refusal, re.Pattern[str]], ...]:
    signs = [(guard, re.compile(sign, re.I)) for guard in GUARDS for sign in guard.signs]
    others = next(guard for guard in GUARDS if guard.what == _ELSEWHERE)
    signs += [(others, _PREFECTURE), (others, _CITY)]
    return tuple((Refusal(guard.what, guard.reason), sign) for guard, sign in signs)
