"""単年・累計・時点: asked of the department once, and what is entered of a total is added up."""

from __future__ import annotations

from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, labels_of, words_of
from tests.sandbox.hands import Json

QUESTION = "この値は 単年・累計・時点 のどれですか。"


def declared(office: Office, indicator: str) -> list[str]:
    """What was entered of how an indicator is counted."""
    found = office.rows(
        "SELECT value FROM cards WHERE indicator = ? AND field = 'measure'", indicator
    )
    return [row["value"] for row in found]


def test_a_receipt_asks_once_how_the_figure_is_counted(office: Office, child: Person) -> None:
    receipt = child.clicks("提出", child.submits("1-1c R6 6.90%").message).message
    assert QUESTION in receipt["text"]
    answered = child.clicks("時点の値", receipt).message
    assert answered["ts"] == receipt["ts"]
    assert "この指標は「時点の値」と記録しました。" in answered["text"]
    assert "提出しました（確認中）" in answered["text"]
    assert declared(office, "1-1c") == ["point"]
    again = child.clicks("提出", child.submits("1-1c R6 6.91%").message).message
    assert QUESTION not in again["text"]


def test_an_answer_given_twice_is_kept_once(office: Office, child: Person) -> None:
    """The button of an older receipt says that it was answered."""
    first = child.clicks("提出", child.submits("1-1c R6 6.90%").message).message
    second = child.clicks("提出", child.submits("1-1c R6 6.91%").message).message
    child.clicks("単年の値", second)
    assert "すでに記録されています" in child.clicks("時点の値", first).text
    assert declared(office, "1-1c") == ["yearly"]


def test_an_indicator_that_the_plan_describes_is_not_asked_about(child: Person) -> None:
    receipt = child.clicks("提出", child.submits("1-1b R6 12人").message).message
    assert QUESTION not in receipt["text"]
    assert "単年の値" not in labels_of(receipt)


def test_only_the_department_may_say_how_its_figure_is_counted(
    office: Office, child: Person, forger: Forger
) -> None:
    """Whoever else sends the click is refused; a measure that there is not, and no number, too."""
    child.clicks("提出", child.submits("1-1c R6 6.90%").message)
    number = office.submissions("1-1c")[-1]["id"]
    value = f"kitamoto-2|1-1c|{number}"
    for outsider in ("U0CIVIC", "U0STAFF", "U0GUEST"):
        assert forger.click(outsider, "measure:point", value).text
    assert "古いため" in forger.click(child.id, "measure:unknown", value).text
    assert "古いため" in forger.click(child.id, "measure:point", "kitamoto-2|1-1c|x").text
    assert declared(office, "1-1c") == []
    assert {"U0CIVIC", "U0STAFF", "U0GUEST"} <= {actor for actor, _ in office.denials()}


def test_the_form_asks_as_long_as_nobody_answered(office: Office, child: Person) -> None:
    form = child.submits("1-1c R6").view
    assert any(b.get("block_id") == "measure" for b in form["blocks"])
    chosen = {"measure": {"selected_option": "yearly"}}
    child.sends(form, {"value:": {"typed": {"value": "6.9"}}, "measure": chosen})
    assert declared(office, "1-1c") == ["yearly"]
    again = child.submits("1-1c R6").view
    assert all(b.get("block_id") != "measure" for b in again["blocks"])


def cumulative(office: Office) -> Person:
    """市民協働課, once it said that 3-1a is a total and has one approved: 15件 for R5."""
    civic, planner = office.person("U0CIVIC"), office.person("U0PLANNER")
    receipt = submitted(civic, "3-1a R5 15件")
    civic.clicks("累計（これまでの合計）", receipt)
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()
    return civic


def submitted(person: Person, words: str) -> Json:
    preview = person.submits(words).message
    odd = "確認して提出" in labels_of(preview)
    return person.clicks("確認して提出" if odd else "提出", preview).message


def test_this_years_addition_is_added_to_the_last_total(office: Office) -> None:
    """Said in words in the preview and to the planners."""
    civic = cumulative(office)
    preview = civic.submits("3-1a R6 3件 今年度分").message
    assert "前回累計 15件 + 今年度 3件 = 18件" in preview["text"]
    civic.clicks("提出", preview)
    assert office.submissions("3-1a")[-1]["figures"] == "18"
    office.settles()
    request = office.person("U0PLANNER").inbox("承認のお願い")[-1]
    assert "前回累計 15件 + 今年度 3件 = 18件" in request["text"]


def test_a_total_that_falls_asks_and_names_the_way_to_say_an_addition(office: Office) -> None:
    civic = cumulative(office)
    preview = civic.submits("3-1a R6 3件").message
    assert "累計は減らないはずです" in preview["text"]
    assert "値の後に「今年度分」" in preview["text"]


def test_the_form_of_a_total_asks_which_part_it_is(office: Office) -> None:
    civic = cumulative(office)
    form = civic.submits("3-1a R6").view
    added = {"part": {"selected_option": "year"}}
    seen = civic.sends(form, {"value:": {"typed": {"value": "3"}}, "part": added})
    assert "18件" in words_of(seen.view)
    assert office.submissions("3-1a")[-1]["figures"] == "18"
