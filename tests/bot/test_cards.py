"""定義カード in Slack: filled in by the department or planners, decided at the act, read by everybody."""

from __future__ import annotations

import pytest

from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, is_a_sentence, labels_of, standing_in, words_of
from tests.sandbox.hands import Json

WORDS = {
    "definition": {"typed": {"value": "4月1日現在、入れなかった子どもの数"}},
    "source": {"typed": {"value": "待機児童数調査"}},
    "measure": {"chosen": {"selected_option": "point"}},
}
CARD = "kitamoto-2|1-1b"
MAY = "定義と比較値の記入は担当課の担当者と企画担当ができます。"


def opened(person: Person) -> Json:
    """The form of 1-1b's card, opened from its answer."""
    found: Json = person.clicks("記入する", person.asks("1-1b").message).view
    return found


def entries(office: Office) -> list[tuple[str, str | None, str]]:
    found = office.rows("SELECT field, value, actor FROM cards ORDER BY id")
    return [(row["field"], row["value"], row["actor"]) for row in found]


@pytest.mark.parametrize("user", ["U0CHILD2", "U0PLANNER"])
def test_a_card_is_filled_in_and_told_to_everybody(office: Office, user: str) -> None:
    """By a member of the department, or by a planner."""
    person = office.person(user)
    saved = person.sends(opened(person), WORDS)
    assert saved.errors == {}
    assert "定義・出典・数え方を保存しました。" in words_of(person.form())
    said = office.person("U0STAFF").asks("1-1b").text
    for part in ("定義: 4月1日現在、入れなかった子どもの数", "出典 待機児童数調査", "時点の値"):
        assert part in said
    assert {actor for _, _, actor in entries(office)} == {user}
    assert office.refused_by_slack() == []


def test_the_form_to_submit_shows_the_card(office: Office, child: Person) -> None:
    child.sends(opened(child), WORDS)
    child.closes(child.form())
    form = words_of(child.submits("1-1b").view)
    assert "定義: 4月1日現在、入れなかった子どもの数" in form
    assert "時点の値" in form


def test_the_form_opens_with_what_stands_and_enters_only_what_changes(
    office: Office, child: Person
) -> None:
    child.sends(opened(child), WORDS)
    child.closes(child.form())
    again = opened(child)
    assert standing_in(again, "source") == "待機児童数調査"
    assert standing_in(again, "measure") == "point"
    child.sends(again, {"source": {"typed": {"value": "待機児童数調査（国）"}}})
    assert entries(office)[-1] == ("source", "待機児童数調査（国）", "U0CHILD")
    assert len(entries(office)) == 4


def test_nobody_else_opens_or_sends_it(
    office: Office, forger: Forger, child: Person, staff: Person
) -> None:
    """Whatever a button says, and also when the form was open before the post was lost."""
    assert "記入する" not in labels_of(staff.asks("1-1b").message)
    form = opened(child)
    for user in ("U0STAFF", "U0WELFARE"):
        assert MAY in forger.click(user, "card:1-1b", CARD, twice=True).text
        assert MAY in forger.form(user, form, WORDS, twice=True).text
    assert "ゲストの方は利用できません。" in forger.form("U0GUEST", form, WORDS).text
    assert entries(office) == []
    assert {act for _, act in office.denials()} == {"describe"}
    assert len(office.denials()) == 5


@pytest.mark.parametrize(
    "value", [None, "", "x", "kitamoto-1|1T1", "kitamoto-2|9-9z", "kitamoto-2|"]
)
def test_a_forged_button_leads_nowhere(office: Office, forger: Forger, value: str | None) -> None:
    told = forger.click("U0PLANNER", "card:1-1b", value).text
    is_a_sentence(told)
    assert "古いため使えません" in told


@pytest.mark.parametrize("metadata", ["", "kitamoto-2|1-1b", "kitamoto-2|1-1b|x", "a|b|1"])
def test_a_forged_form_enters_nothing(
    office: Office, forger: Forger, child: Person, metadata: str
) -> None:
    told = forger.form("U0CHILD", opened(child), WORDS, metadata=metadata).text
    assert "古いため使えません" in told
    assert entries(office) == []


def test_a_card_sent_twice_is_entered_once(office: Office, child: Person) -> None:
    form = opened(child)
    office.redelivered(lambda: child.sends(form, WORDS))
    assert [field for field, _, _ in entries(office)] == ["definition", "source", "measure"]


def test_somebody_elses_words_are_not_overwritten_by_an_older_form(
    office: Office, child: Person, child2: Person
) -> None:
    """The same field is refused; another one is entered and theirs stays."""
    mine, theirs = opened(child), opened(child2)
    child2.sends(theirs, {"source": {"typed": {"value": "県の統計"}}})
    late = child.sends(mine, {"source": {"typed": {"value": "市の集計"}}})
    assert "ほかの人が同じ項目を記入しました" in " ".join(late.errors.values())
    other = {"holder": {"typed": {"value": "保育担当"}}, "source": {"typed": {"value": ""}}}
    assert child.sends(mine, other).errors == {}
    assert [(field, value) for field, value, _ in entries(office)] == [
        ("source", "県の統計"),
        ("holder", "保育担当"),
    ]


def test_the_planners_page_leads_to_the_form(office: Office, planner: Person) -> None:
    """Department by department, page after page."""
    page = planner.administers("定義")
    assert "0/68 件がそろっています。" in page.text
    assert "こども課（サンプル）" in page.text
    following = planner.clicks("次へ", page.message)
    assert "2-7b" in following.text or "3-1a" in following.text
    form = planner.clicks("編集", page.message).view
    planner.sends(form, WORDS)
    assert len(entries(office)) == 3
    assert office.refused_by_slack() == []
