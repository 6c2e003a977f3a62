"""One indicator in full: how it stands to others, remarks, definition, dates, and what can be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from answers.ask import understand
from answers.asked import Beside
from answers.card_form import card_form, card_saved, read_card
from answers.card_page import CardsSeen, card_page
from answers.compared import compared, difference, on_record
from answers.comparison_form import comparison_form, read_comparison
from answers.comparison_page import comparison_page
from answers.content import Content
from answers.history import rows
from answers.reply import answer
from store import cards, comparisons, cycle, shelf
from store.cards import FIELDS, Card, Fact, Field
from store.comparisons import Comparison
from store.db import writing
from store.errors import BadForm
from store.plan import Better, Indicator
from store.standing import outlook
from tests.answers.city import NAMES, TODAY, City
from tests.answers.seen import buttons, form, seen
from tests.answers.slack_limits import message_faults, view_faults
from tests.store import making

AVERAGE = Comparison(
    "県平均", "FY2024", {None: Decimal(8)}, "埼玉県資料", "U0PLANNER", "2025-06-03"
)


def ask(city: City, text: str, user: str = "U0STAFF", today: date = TODAY) -> Content:
    """What `user` is told, with all that stands beside an indicator."""
    plan = shelf.read(city.db, city.plan.id)
    intention = understand(text, plan, (), today)
    if intention.elsewhere:
        held = comparisons.of(city.db, plan.id, intention.ids[0])
        intention = on_record(intention, plan, held)
    now = outlook(city.db, plan, today, intention.year, intention.scope)
    beside = Beside()
    if intention.kind == "indicator" or intention.elsewhere:
        found = plan.by_id[intention.ids[0]]
        held = comparisons.of(city.db, plan.id, found.id)
        card = cards.card(city.db, plan, found)
        beside = Beside(card, held, cycle.ahead(city.db, plan, now.cycle))
    earlier = shelf.predecessor(city.db, plan)
    return answer(intention, now, city.who(user, today), NAMES, earlier, frozenset(), beside)


def record(
    city: City, place: str, value: str, period: str = "FY2024", indicator: str = "1-1b"
) -> None:
    with writing(city.db):
        comparisons.record(
            city.db,
            city.by("U0PLANNER"),
            city.plan.id,
            indicator,
            place,
            period,
            {None: Decimal(value)},
            "埼玉県資料",
        )


def describe(city: City, indicator: str = "1-1b", **fields: str) -> None:
    with writing(city.db):
        for field in FIELDS:
            if field in fields:
                cards.declare(
                    city.db, city.by("U0CHILD"), city.plan.id, indicator, field, fields[field]
                )


def of_values(city: City, held: tuple[Comparison, ...], indicator: str = "1-1b") -> list[str]:
    return ["".join(map(str, each[1:])) for each in compared(city.standing(indicator), held)]


@pytest.mark.parametrize("user", ["U0STAFF", "U0CHILD", "U0PLANNER"])
def test_an_indicator_is_told_in_full(city: City, user: str, snapshot: SnapshotAssertion) -> None:
    """Verdict, comparison, years, remarks, whence, definition, notes, buttons: as far as each may."""
    record(city, "県平均", "8")
    describe(city, definition="4月1日現在の人数", source="待機児童数調査", measure="point")
    city.accept("1-1b", 2023, "17", note="前年の備考")
    assert seen(ask(city, "1-1b", user)) == snapshot


def test_the_figure_stands_to_others_of_the_same_period(city: City) -> None:
    record(city, "県平均", "8")
    said = ask(city, "1-1b").plain
    assert "県平均 8人（R6、埼玉県資料）: 4人多い（低いほど良い指標）" in said


def test_a_figure_of_another_period_is_no_comparison(city: City) -> None:
    """It is told with its year, and so is the difference of years."""
    record(city, "全国平均", "9", "CY2024")
    assert (
        "全国平均 9人（2024年、埼玉県資料）　こちらの最新はR6の値で、年が違うため比べていません"
        in ask(city, "1-1b").plain
    )


def test_an_older_figure_of_the_same_period_is_named_by_its_year(city: City) -> None:
    record(city, "県平均", "20", "FY2023")
    assert (
        "県平均 20人（R5、埼玉県資料）: こちらのR5の値は2人少ない（低いほど良い指標）"
        in ask(city, "1-1b").plain
    )


def test_without_a_figure_the_others_are_only_told(city: City) -> None:
    record(city, "県平均", "80", indicator="1-1d")
    assert "県平均 80%（R6、埼玉県資料）\n" in ask(city, "1-1d").plain


@pytest.mark.parametrize(
    ("indicator", "mine", "other", "said"),
    [
        (making.indicator("人", better="lower"), "12", "8", "4人多い"),
        (making.indicator("人"), "8", "8.0", "同じ"),
        (making.indicator("%"), "12.5", "14", "1.5ポイント低い"),
        (making.indicator("万円"), "90", "100", "10万円下回る"),
        (making.indicator("", better="parity"), "95", "80", "こちらのほうが等しい"),
        (making.indicator("", better="parity"), "110", "95", "こちらのほうが差が大きい"),
        (making.indicator("", making.series(goal=making.target("done"))), "1", "0", "こちらは済"),
        (
            making.indicator("", making.series(goal=making.target("rank", "3")), better="lower"),
            "5",
            "3",
            "2位下",
        ),
    ],
)
def test_a_difference_is_said_in_the_indicators_own_words(
    indicator: Indicator, mine: str, other: str, said: str
) -> None:
    comparison = replace(AVERAGE, values={None: Decimal(other)})
    assert difference(indicator, {None: Decimal(mine)}, comparison) == (said,)


@given(
    st.decimals(-1000, 1000, places=2),
    st.decimals(-1000, 1000, places=2),
    st.sampled_from(["人", "%", "万円", "ポイント"]),
    st.sampled_from(["higher", "lower"]),
)
def test_more_is_never_called_less(
    mine: Decimal, other: Decimal, unit: str, better: Better
) -> None:
    comparison = replace(AVERAGE, values={None: other})
    (said,) = difference(making.indicator(unit, better=better), {None: mine}, comparison)
    up = said.endswith(("多い", "高い", "上回る"))
    down = said.endswith(("少ない", "低い", "下回る"))
    assert (up, down, said == "同じ") == (mine > other, mine < other, mine == other)


def test_series_are_compared_each_with_its_own() -> None:
    both = making.indicator("年", making.series("男性"), making.series("女性"))
    comparison = replace(AVERAGE, values={"女性": Decimal("20.5")})
    mine: dict[str | None, Decimal] = {"男性": Decimal(18), "女性": Decimal(21)}
    assert difference(both, mine, comparison) == ("女性0.5年上回る",)


@pytest.mark.parametrize(
    "text",
    ["県平均と比べて待機児童は", "待機児童数は埼玉県平均と比べてどうですか", "埼玉県の待機児童"],
)
def test_a_question_after_others_is_answered_from_what_is_on_record(city: City, text: str) -> None:
    """Above everything else."""
    record(city, "県平均", "8")
    said = ask(city, text).plain
    assert said.index("県平均 8人（R6、埼玉県資料）: 4人多い") < said.index("▲ 向上")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("県平均と比べて待機児童は", "「県平均」の比較値は記録されていません。"),
        ("桶川市の待機児童は", "「桶川市」の比較値は記録されていません。"),
        ("全国と比べて待機児童は", "「全国」の比較値は記録されていません。"),
    ],
)
def test_without_any_on_record_that_is_said(city: City, text: str, said: str) -> None:
    assert said in ask(city, text).plain


def test_the_average_of_a_prefecture_does_not_answer_for_another_city(city: City) -> None:
    """Nor is our own figure told in its place."""
    record(city, "県平均", "8")
    said = ask(city, "桶川市の待機児童は").plain
    assert "「桶川市」の比較値は記録されていません。記録があるもの: 県平均" in said
    assert "12人" not in said


def test_the_last_three_remarks_are_told_the_newest_first(city: City) -> None:
    for year in (2022, 2023):
        city.accept("4-1a", year, str(year - 2000), note=f"{year}の備考")
    city.accept("4-1a", 2024, "3", note="三番目\nの備考")
    city.give("4-1a", 2025, "9", note="確認中の備考")
    lines = ask(city, "4-1a", today=date(2026, 6, 4)).plain.splitlines()
    first = lines.index("備考")
    assert [each.split("　")[1] for each in lines[first + 1 : first + 4]] == [
        "三番目 の備考",
        "2023の備考",
        "2022の備考",
    ]


def test_when_the_next_figure_is_due_is_told_once_this_one_is_settled(city: City) -> None:
    assert "次の提出期限: 2026/6/12（R7実績・当市の文書にない既定値）" in ask(city, "1-1b").plain
    assert "次の提出期限" not in ask(city, "1-1a").plain


def test_what_nobody_filled_in_is_asked_of_those_who_may(city: City) -> None:
    for user in ("U0CHILD", "U0PLANNER"):
        said = ask(city, "1-1b", user)
        assert "定義カード: 定義・出典・値を持つところ・頻度・調べ方が未記入です" in said.plain
        assert "記入する" in buttons(said)
        assert "比較値を記入" in buttons(said)
    for user in ("U0STAFF", "U0CIVIC"):
        said = ask(city, "1-1b", user)
        assert "未記入" not in said.plain
        assert "比較値を記入" not in buttons(said)


def test_a_complete_card_asks_for_nothing_and_can_be_mended(city: City) -> None:
    words = dict.fromkeys(("definition", "source", "holder", "frequency"), "言葉")
    describe(city, **words, method="count", measure="yearly")
    said = ask(city, "1-1b", "U0CHILD")
    assert "未記入" not in said.plain
    assert "定義を直す" in buttons(said)


def test_a_declared_measure_is_told_in_place_of_not_knowing(city: City) -> None:
    assert "単年・累計の別は計画書に記載なし" in ask(city, "1-1c").plain
    describe(city, "1-1c", measure="point")
    assert "時点の値" in ask(city, "1-1c").plain


def test_everything_there_can_be_is_within_the_limits(city: City) -> None:
    long = "長" * 1000
    describe(city, definition=long, source=long, holder=long, frequency=long, as_of=long)
    for n in range(12):
        with writing(city.db):
            comparisons.record(
                city.db,
                city.by("U0PLANNER"),
                city.plan.id,
                "1-1b",
                f"{n}" + "町" * 38,
                "FY2024",
                {None: Decimal("123456789012.123456")},
                "出" * 200,
            )
    for year in (2022, 2023, 2024):
        city.accept("1-1b", year, str(year), source="出" * 200, note="備" * 1000)
    for user in ("U0STAFF", "U0CHILD", "U0PLANNER"):
        said = ask(city, "1-1b", user)
        assert message_faults(said.message) == []
        assert "ほか6か所の比較値があります。" in said.plain


def test_the_years_begin_with_the_figure(city: City) -> None:
    """A phone shows three columns."""
    standing = city.standing("1-1b")
    earlier = shelf.predecessor(city.db, city.plan)
    found = rows(standing, city.outlook(), city.who("U0STAFF"), earlier)
    assert [(row.year, row.actual) for row in found] == [
        ("H27", "0人"),
        ("R2", "29人"),
        ("R4", "25人"),
        ("R5", "18人"),
        ("R6", "12人"),
        ("R7", ""),
    ]
    assert found[1].state == "公表値（第1期 最新値・第2期 現状値）"
    assert (found[-1].target, found[-1].state) == ("0人／年", "目標年度")


def full(value: str) -> Card:
    facts = {field: Fact(value, "U0CHILD", "2025-06-03T12:00:00+09:00") for field in FIELDS}
    chosen: dict[Field, str] = {"measure": "point", "method": "count", "publishes_in": "10"}
    facts |= {f: Fact(said, "U0CHILD", "2025-06-03T12:00:00+09:00") for f, said in chosen.items()}
    return Card("kitamoto-2", "1-1b", facts)


def test_the_form_of_a_card_holds_what_stands_and_where_it_comes_from(
    city: City, snapshot: SnapshotAssertion
) -> None:
    card = cards.card(city.db, city.plan, city.indicator("1-1b"))
    view = card_form(card, city.indicator("1-1b"), NAMES, TODAY, 0)
    assert form(view) == snapshot
    filled = card_form(full("言" * 1000), city.indicator("1-1b"), NAMES, TODAY, 10**9)
    assert "いま: こども担当 6/3 記入" in str(filled)
    for each in (view, filled, card_saved(city.indicator("1-1b"), card, FIELDS)):
        assert view_faults(each) == []


def test_a_card_comes_back_from_its_form_as_it_was() -> None:
    filled = card_form(full("言葉"), making.indicator("人"), NAMES, TODAY, 0)
    state = {
        b["block_id"]: {"x": _filled(b["element"])}
        for b in filled["blocks"]
        if b["type"] == "input"
    }
    given = read_card({"state": {"values": state}})
    assert given == {field: full("言葉").said(field) for field in FIELDS}
    state["method"] = {"x": {"selected_option": {"value": "none"}}}
    assert read_card({"state": {"values": state}})["method"] is None


def _filled(element: dict[str, object]) -> dict[str, object]:
    if "initial_option" in element:
        return {"selected_option": element["initial_option"]}
    return {"value": element.get("initial_value")}


def sent(**fields: str | None) -> dict[str, object]:
    state: dict[str, object] = {}
    for name, value in fields.items():
        block = {"value": "value:"}.get(name, name)
        picked = {"selected_option": {"value": value} if value else None}
        state[block] = {"x": picked if name == "place" else {"value": value}}
    return {"state": {"values": state}}


def test_a_comparison_is_read_as_actuals_are() -> None:
    given = read_comparison(
        sent(
            place="県平均", other=None, period="令和6年度", value="１，３９２人", source="県　資料"
        ),
        making.indicator("人"),
        None,
        TODAY,
    )
    assert (given.place, given.period, given.values) == ("県平均", "FY2024", {None: Decimal(1392)})
    assert given.source == "県 資料"


def test_a_wrong_comparison_says_field_by_field_what_is_wrong() -> None:
    wrong = sent(place=None, other="", period="いつか", value="8件", source=" ")
    with pytest.raises(BadForm) as found:
        read_comparison(wrong, making.indicator("人"), None, TODAY)
    assert list(found.value.by_field) == ["place", "period", "value:", "source"]
    nothing = sent(place="県平均", other=None, period="R6", value=None, source="県資料")
    with pytest.raises(BadForm) as empty:
        read_comparison(nothing, making.indicator("人"), None, TODAY)
    assert list(empty.value.by_field) == ["value:"]


def test_the_forms_and_pages_are_within_the_limits(city: City) -> None:
    many = [f"{n}" + "町" * 38 for n in range(60)]
    held = [replace(AVERAGE, place=place, source="出" * 200) for place in many]
    for indicator in city.plan.indicators:
        for one in (None, held[0]):
            assert view_faults(comparison_form(city.plan.id, indicator, one, many)) == []
    everything = dict.fromkeys(city.plan.by_id, tuple(held))
    for page in range(1, 7):
        for said in (
            comparison_page(city.plan, everything, page),
            comparison_page(city.plan, everything, page, "1-1b"),
            comparison_page(city.plan, {}, page),
        ):
            assert message_faults(said.message) == []


def test_the_page_of_cards_says_which_department_lacks_what(city: City) -> None:
    describe(city, "1-1a", measure="yearly")
    found = cards.cards(city.db, shelf.read(city.db, city.plan.id))
    owners = {i.id: "こども課" for i in city.plan.indicators if (i.policy or "").startswith("1-")}
    seen_ = CardsSeen(city.plan, found, owners)
    pages = [
        card_page(seen_, page, everything=every)
        for page in (1, 2, 3, 4, 9)
        for every in (False, True)
    ]
    for said in pages:
        assert message_faults(said.message) == []
    first = pages[0].plain
    assert "0/68 件がそろっています。" in first
    assert "定義 68・出典 68" in first
    assert first.index("こども課") < first.index("1-1a") < first.index("担当課未設定")
    assert (
        "子育て支援策が充実していると思う子育て世帯の割合\n定義・出典・値を持つところ・頻度・調べ方が未記入です"
        in first
    )
    assert "1-1c" in card_page(seen_, 1, everything=True).plain
    alone = replace(seen_, cards={"1-1b": full("言葉")})
    assert "記入の足りないカードはありません。" in card_page(alone).plain


@pytest.mark.parametrize(
    ("period", "called"),
    [("FY2024", "R6"), ("FY2022", "R4"), ("CY2023", "2023年"), ("2025-04-01", "R6")],
)
def test_the_arithmetic_names_the_year_that_a_figure_is_of(
    bare: City, period: str, called: str
) -> None:
    """And the year of the round for what is expected by then."""
    bare.accept("1-1b", 2024, "12", period)
    said = bare.ask("1-1b").plain
    assert f"目標0人、{called}は12人: 17/29=進捗59%、R6時点の見込み80%" in said
