"""Values as people write them, and as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from store.errors import UnreadableValue
from store.plan import Indicator
from store.showing import show_change, show_value, show_values
from store.values import Awaiting, NoSurvey, Reading, Values, normalise, read_values
from tests.store.making import baseline, indicator, series, target

PEOPLE = indicator("人", per="年")
CASES = indicator("件", measure="cumulative")
PERCENT = indicator("%")
POINTS = indicator("ポイント")
THOUSANDS = indicator("千人")
MAN_YEN = indicator("万円")
MILLIONS = indicator("百万円")
AREA = indicator("㎡")
CARBON = indicator("t-CO₂", per="年")
RATE = indicator("")
TIMES = indicator("倍")
PARITY = indicator("", series(goal=target("parity", "100")), better="parity")
DONE = indicator("", series(goal=target("done", text="策定済")))
RANK = indicator("位", series(goal=target("rank", "3")), better="lower")
SEXES = indicator(
    "年", series("男性", baseline("18.43", 2019)), series("女性", baseline("20.72", 2019))
)
PUPILS = indicator("%", series("児童"), series("生徒"))

EVERY_KIND = (
    PEOPLE, CASES, PERCENT, POINTS, THOUSANDS, MAN_YEN, MILLIONS, AREA, CARBON, RATE, TIMES,
    PARITY, DONE, RANK, SEXES, PUPILS,
)  # fmt: skip


def read(text: str, of: Indicator) -> dict[str | None, str]:
    reading = read_values(text, of)
    assert isinstance(reading, Values)
    return {name: str(value) for name, value in reading.by_series.items()}


@pytest.mark.parametrize(
    ("text", "of", "value"),
    [
        ("△203人", PEOPLE, "-203"),
        ("△ 203人", PEOPLE, "-203"),
        ("▲203", PEOPLE, "-203"),
        ("−203", PEOPLE, "-203"),
        ("ー203", PEOPLE, "-203"),
        ("マイナス203", PEOPLE, "-203"),
        ("１，３９２人", PEOPLE, "1392"),
        ("1,392人", PEOPLE, "1392"),
        ("1,392名", PEOPLE, "1392"),
        ("12 人", PEOPLE, "12"),
        ("12人/年", PEOPLE, "12"),
        ("12人／年", PEOPLE, "12"),
        ("12人。", PEOPLE, "12"),
        ("十二人", PEOPLE, "12"),
        ("百二十人", PEOPLE, "120"),
        ("二〇人", PEOPLE, "20"),
        ("一二三人", PEOPLE, "123"),
        ("(203)人", PEOPLE, "-203"),
        ("（203）", PEOPLE, "-203"),
        ("12（人/年）", PEOPLE, "12"),
        ("¥3,000,000", MAN_YEN, "300"),
        ("272,000トン", CARBON, "272000"),
        ("なし", PEOPLE, "0"),
        ("該当なし", PEOPLE, "0"),
        ("0件", CASES, "0"),
        ("-0件", CASES, "0"),
        ("544千人", PEOPLE, "544000"),
        ("12.5万人", PEOPLE, "125000"),
        ("1万2千人", PEOPLE, "12000"),
        ("544千人", THOUSANDS, "544"),
        ("544", THOUSANDS, "544"),
        ("544千", THOUSANDS, "544"),
        ("544,000人", THOUSANDS, "544"),
        ("12.50千人", THOUSANDS, "12.50"),
        ("54.4万人", THOUSANDS, "544"),
        ("2億3千万円", MAN_YEN, "23000"),
        ("2 億 3 千万円", MAN_YEN, "23000"),
        ("300万", MAN_YEN, "300"),
        ("2,920,245万円", MAN_YEN, "2920245"),
        ("5,000円", MAN_YEN, "0.5"),
        ("9999兆円", MAN_YEN, "999900000000"),
        ("159,647百万円", MILLIONS, "159647"),
        ("1596億4700万円", MILLIONS, "159647"),
        ("１２．５％", PERCENT, "12.5"),
        ("12.5パーセント", PERCENT, "12.5"),
        ("65.60", PERCENT, "65.60"),
        ("3割", PERCENT, "30"),
        ("3割5分", PERCENT, "35"),
        ("三割五分", PERCENT, "35"),
        ("250%", PERCENT, "250"),
        ("－１．１８ポイント", POINTS, "-1.18"),
        ("+1.18ポイント", POINTS, "1.18"),
        ("＋0ポイント", POINTS, "0"),
        ("10.5㎡", AREA, "10.5"),
        ("10.5m2", AREA, "10.5"),
        ("10.5m²", AREA, "10.5"),
        ("10.5 平方メートル", AREA, "10.5"),
        ("1ha", AREA, "10000"),
        ("272,000t-CO2", CARBON, "272000"),
        ("272,000ｔ－ＣＯ₂／年", CARBON, "272000"),
        ("272000トン-CO2", CARBON, "272000"),
        ("272,000tCO2", CARBON, "272000"),
        ("272千t-CO2", CARBON, "272000"),
        ("272,000,000kg-CO2", CARBON, "272000"),
        ("1.12", RATE, "1.12"),
        ("1.24倍", TIMES, "1.24"),
        ("95:100", PARITY, "95"),
        ("100:95", PARITY, "95"),
        ("100：100", PARITY, "100"),
        ("女性100:男性95", PARITY, "95"),
        ("男性95：女性100", PARITY, "95"),
        ("女100 男95.5", PARITY, "95.5"),
        ("95", PARITY, "95"),
        ("策定済", DONE, "1"),
        ("実施済み", DONE, "1"),
        ("完了", DONE, "1"),
        ("済", DONE, "1"),
        ("未策定", DONE, "0"),
        ("未", DONE, "0"),
        ("3位", RANK, "3"),
        ("第３位", RANK, "3"),
        ("三位", RANK, "3"),
    ],
)
def test_a_value_is_read_the_way_it_is_written(text: str, of: Indicator, value: str) -> None:
    assert read(text, of) == {None: value}


@pytest.mark.parametrize(
    "text",
    [
        "男性18.43年 女性20.72年",
        "男18.43/女20.72",
        "女 20.72 / 男 18.43",
        "女性：20.72年、男性：18.43年",
        "男性18.43年女性20.72年",
        "18.43年（男性）、20.72年（女性）",
        "男性は18.43年で女性は20.72年",
    ],
)
def test_series_are_read_in_any_order_and_between_any_marks(text: str) -> None:
    assert read(text, SEXES) == {"男性": "18.43", "女性": "20.72"}


def test_series_with_other_names_are_read_too() -> None:
    assert read("児童48.6%、生徒26.2%", PUPILS) == {"児童": "48.6", "生徒": "26.2"}
    assert read("児童なし 生徒1割", PUPILS) == {"児童": "0", "生徒": "10"}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("公表待ち", None),
        ("公表待ち（10月予定）", 10),
        ("公表待ち(１０月)", 10),
        ("統計公表待ち", None),
        ("統計公表待ち（3月頃公表予定）", 3),
    ],
)
@pytest.mark.parametrize("of", [PEOPLE, SEXES, PARITY, DONE])
def test_a_statistic_that_is_not_out_yet_is_awaited(
    text: str, month: int | None, of: Indicator
) -> None:
    assert read_values(text, of) == Awaiting(month)


@pytest.mark.parametrize("text", ["調査なし", "調査対象外年度", "今年度は調査なし", "調査せず。"])
@pytest.mark.parametrize("of", [PEOPLE, SEXES, PARITY, DONE])
def test_a_year_without_a_survey_is_said_to_be_one(text: str, of: Indicator) -> None:
    assert read_values(text, of) == NoSurvey()


@pytest.mark.parametrize(
    ("text", "of", "said"),
    [
        ("75人", PERCENT, "「75人」の単位が指標の単位（%）と違います。例: `75%` または `75`"),
        ("12人/月", PEOPLE, "指標の単位（人/年）"),
        ("20件/年", CASES, "指標の単位（件）"),
        ("12匹", PEOPLE, "`12人`"),
        ("1.18ポイント", PERCENT, "指標の単位（%）"),
        ("12%", POINTS, "指標の単位（ポイント）"),
        ("272,000m3", CARBON, "t-CO₂"),
        ("1.12人", RATE, "単位は要りません"),
        ("3千", MAN_YEN, "単位を付けて"),
        ("1円", indicator("億円"), "小数が6桁を超えます"),
        ("1,39", PEOPLE, "桁区切り"),
        ("12,3456", PEOPLE, "桁区切り"),
        ("1_000", PEOPLE, "桁区切り"),
        ("1万2億", PEOPLE, "並び"),
        ("1億20000万", PEOPLE, "並び"),
        ("5万544千人", PEOPLE, "並び"),
        ("1.5億3万", PEOPLE, "並び"),
        ("12千5百", PEOPLE, "並び"),
        ("万人", PEOPLE, "並び"),
        ("二三人", PEOPLE, "幅のある数"),
        ("10〜20", PEOPLE, "幅のある値"),
        ("10-20人", PEOPLE, "幅のある値"),
        ("10人から20人", PEOPLE, "幅のある値"),
        ("約12人", PEOPLE, "概数"),
        ("およそ12", PEOPLE, "概数"),
        ("12人程度", PEOPLE, "概数"),
        ("12人以上", PEOPLE, "以上"),
        ("NaN", PEOPLE, "数ではない"),
        ("Infinity", PEOPLE, "数ではない"),
        ("1e400", PEOPLE, "指数"),
        ("1E3", PEOPLE, "指数"),
        ("=1+1", PEOPLE, "計算式"),
        ("@SUM(1)", PEOPLE, "計算式"),
        ("0x1F", PEOPLE, "16進数"),
        ("12‰", PERCENT, "‰"),
        ("1234567890123456", PEOPLE, "15桁"),
        ("1.1234567", PERCENT, "6桁"),
        ("12\x00", PEOPLE, "見えない文字"),
        ("12\u202e", PEOPLE, "見えない文字"),
        ("\ud800", PEOPLE, "見えない文字"),
        ("10²", PEOPLE, "²"),
        ("12①", PEOPLE, "①"),
        ("٣", PEOPLE, "読み取れません"),
        (".5", PERCENT, "0.5"),
        ("(△203)", PEOPLE, "かっこ"),
        ("△(203)", PEOPLE, "符号は1つ"),
        ("123456789012.3456", PEOPLE, "15桁"),
        ("男性(18) 女性(20)", SEXES, "負の数とも"),
        ("男性公表待ち 女性20", SEXES, "指標全体"),
        ("二三十人", PEOPLE, "幅のある数"),
        ("三五十人", PEOPLE, "並び"),
        ("12人（速報）", PEOPLE, "備考"),
        ("5/10", PEOPLE, "分数"),
        ("95:100", PEOPLE, "比の形"),
        ("12 13", PEOPLE, "2つ以上"),
        ("男性12人", PEOPLE, "「男性」という区分はありません"),
        ("", PEOPLE, "空です"),
        ("－", PEOPLE, "公表待ち"),
        ("不明", PEOPLE, "公表待ち"),
        ("公表待ち（13月）", PEOPLE, "1月から12月"),
        ("1" * 300, PEOPLE, "長すぎます"),
        ("男性18.43年", SEXES, "女性の値がありません"),
        ("20.72", SEXES, "男性・女性それぞれ"),
        ("男性18 女性20 子ども3", SEXES, "「子ども」という区分はありません"),
        ("男性18 男性19", SEXES, "男性の値が2つ"),
        ("男性 女性20", SEXES, "男性の値が書かれていません"),
        ("12 男性18 女性20", SEXES, "どの値か"),
        ("男性75人 女性20年", SEXES, "単位"),
        ("90:95", PARITY, "男性95：女性100"),
        ("男性100:女性95", PARITY, "女性を100"),
        ("女性100", PARITY, "女性を100"),
        ("95人", PARITY, "女性を100"),
        ("-95", PARITY, "女性を100"),
        ("なし", DONE, "`済` か `未`"),
        ("0位", RANK, "順位"),
        ("2.5位", RANK, "順位"),
    ],
)
def test_what_is_not_certain_is_refused_with_what_would_be_right(
    text: str, of: Indicator, said: str
) -> None:
    with pytest.raises(UnreadableValue) as refusal:
        read_values(text, of)
    assert said in str(refusal.value)


def test_a_refusal_gives_back_what_was_typed() -> None:
    with pytest.raises(UnreadableValue) as refusal:
        read_values("７５人", PERCENT)
    assert refusal.value.typed == "７５人"


def test_what_cannot_be_printed_is_given_back_without_harm() -> None:
    with pytest.raises(UnreadableValue) as refusal:
        read_values("12\ud800人", PERCENT)
    assert refusal.value.typed == "12�人"
    str(refusal.value).encode()


@pytest.mark.parametrize(
    ("value", "of", "shown"),
    [
        ("12", PEOPLE, "12人"),
        ("-203", PEOPLE, "△203人"),
        ("1533264", indicator("回"), "1,533,264回"),
        ("65.60", PERCENT, "65.60%"),
        ("1.18", POINTS, "+1.18ポイント"),
        ("-2.4", POINTS, "△2.4ポイント"),
        ("0", POINTS, "0ポイント"),
        ("544", THOUSANDS, "544千人"),
        ("1.12", RATE, "1.12"),
        ("95", PARITY, "男性95：女性100"),
        ("1", DONE, "済"),
        ("0", DONE, "未"),
        ("3", RANK, "3位"),
    ],
)
def test_a_value_is_shown_with_its_unit_and_sign(value: str, of: Indicator, shown: str) -> None:
    assert show_value(Decimal(value), of) == shown


def test_series_are_shown_in_the_order_of_the_plan() -> None:
    values: Mapping[str | None, Decimal] = {"女性": Decimal("20.72"), "男性": Decimal("18.43")}
    assert show_values(values, SEXES) == "男性18.43年・女性20.72年"


@pytest.mark.parametrize(
    ("before", "after", "of", "shown"),
    [
        ("12", "15", PEOPLE, "＋3人"),
        ("18", "12", PEOPLE, "△6人"),
        ("12", "12", PEOPLE, "±0人"),
        ("34.2", "36.0", PERCENT, "＋1.8ポイント"),
        ("1.5", "1.18", POINTS, "△0.32ポイント"),
        ("5", "3", RANK, "2位上昇"),
        ("3", "5", RANK, "2位下降"),
        ("0", "1", DONE, "未→済"),
        ("90", "95", PARITY, "＋5"),
    ],
)
def test_changes_are_signed_and_shares_change_in_points(
    before: str, after: str, of: Indicator, shown: str
) -> None:
    assert show_change(Decimal(before), Decimal(after), of) == shown


@pytest.mark.parametrize(
    ("typed", "one_spelling"),
    [
        ("－１．１８", "-1.18"),
        ("1ー1", "1-1"),
        ("１－１", "1-1"),
        ("1−1", "1-1"),
        ("マイナンバ−カ−ド", "マイナンバーカード"),
        ("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ", "マイナンバーカード"),
        ("フォロワー100人", "フォロワー100人"),
        ("25〜34歳", "25〜34歳"),
    ],
)
def test_dashes_and_long_vowels_get_one_spelling(typed: str, one_spelling: str) -> None:
    assert normalise(typed) == one_spelling


def values_of(of: Indicator) -> st.SearchStrategy[Decimal]:
    if of is DONE:
        return st.sampled_from((Decimal(0), Decimal(1)))
    if of is RANK:
        return st.integers(1, 10**9).map(Decimal)
    return st.builds(
        lambda digits, places: Decimal(digits).scaleb(-places),
        st.integers(0 if of is PARITY else -(10**14), 10**14),
        st.integers(0, 6),
    )


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_what_is_shown_can_be_typed_back_and_is_the_same_value(data: st.DataObject) -> None:
    of = data.draw(st.sampled_from(EVERY_KIND))
    values = {name: data.draw(values_of(of)) for name in of.series_names}
    shown = show_values(values, of)
    assert read(shown, of) == {name: format(value, "f") for name, value in values.items()}


@given(st.integers(-(10**12), 10**12), st.sampled_from(("人", "千人", "万人", "百万人", "億人")))
@settings(deadline=None)
def test_conversion_between_sizes_of_a_unit_is_exact(number: int, unit: str) -> None:
    size = {"人": 1, "千人": 10**3, "万人": 10**4, "百万人": 10**6, "億人": 10**8}[unit]
    assume(abs(number) * size < 10**15)
    [value] = read(f"{number}{unit}", PEOPLE).values()
    assert Decimal(value) == number * size


def reading_or_refusal(text: str, of: Indicator) -> Reading | UnreadableValue:
    try:
        return read_values(text, of)
    except UnreadableValue as refusal:
        return refusal


FRAGMENTS = st.sampled_from(
    [
        "1", "12", "1,392", "1.5", ".", ",", "万", "億", "千", "百", "十", "兆", "二", "〇", "人", "%", "割", "分",
        "△", "-", "ー", "+", "男性", "女性", "児童", "生徒", "男", ":", "100", "95", " ", "、", "/", "年", "m²",
        "t-CO2", "公表待ち", "（", "）", "10月", "なし", "約", "〜", "=", "e", "済", "未", "位", "\n", "²", "№",
    ]
)  # fmt: skip
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60) | st.lists(
    FRAGMENTS, max_size=12
).map("".join)


@given(ANY_TEXT, st.sampled_from(EVERY_KIND))
@settings(max_examples=1500, deadline=None)
@example("1a" + "兆" * 100, PEOPLE)
@example("〇" * 150, PEOPLE)
@example("9" * 15 + "兆" + "9" * 4 + "億", PEOPLE)
@example("𝟙²", PEOPLE)
def test_any_text_is_values_awaited_or_refused(text: str, of: Indicator) -> None:
    reading = reading_or_refusal(text, of)
    if isinstance(reading, UnreadableValue):
        assert str(reading).encode()
    elif isinstance(reading, Values):
        assert tuple(sorted(reading.by_series, key=str)) == tuple(sorted(of.series_names, key=str))
        for value in reading.by_series.values():
            assert value.is_finite()
            assert abs(value) < 10**15
            assert -int(value.as_tuple().exponent) <= 6
