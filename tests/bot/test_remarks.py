"""取組内容 and 意見 in Slack: written by their departments, asked for, answered, and seen where they wait."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from store import shelf
from store.acts import By
from store.db import writing
from store.plan_file import read_plan
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, labels_of, standing_in, words_of
from tests.sandbox.hands import Json, soon

WRITE = "取組内容を書く"
VALUE = "kitamoto-2|2024|indicator:1-1b"


def written(work: str = "園を2か所ふやした", direction: str = "expand") -> Json:
    return {
        "work": {"typed": {"value": work}},
        "factors": {"typed": {"value": "申込みが見込みを上回った"}},
        "direction": {"chosen": {"selected_option": direction}},
    }


def offered(planner: Person, form: Json, letters: str = "") -> list[Json]:
    found: list[Json] = planner.hands.do(
        "suggest",
        user=planner.id,
        view_id=form["id"],
        block_id="subject",
        action_id="pick_subject",
        value=letters,
    )["options"]
    return found


def said(text: str = "受け皿の内訳を示すこと", **more: Any) -> Json:
    fields: Json = {
        "body": {"chosen": {"selected_option": "panel"}},
        "held_on": {"picked": {"selected_date": "2025-05-26"}},
        "text": {"typed": {"value": text}},
        "due": {"picked": {"selected_date": "2025-06-13"}},
    }
    return {**fields, **more}


def entered(planner: Person, about: str = "indicator:1-1b", **more: Any) -> None:
    """An opinion of the panel's last meeting about 1-1b, or about what is given."""
    form = planner.clicks("意見を追加", planner.administers("意見").message).view
    (subject,) = [each for each in offered(planner, form) if each["value"] == about]
    fields = said(**more, subject={"pick_subject": {"selected_option": subject}})
    assert planner.sends(form, fields).errors == {}
    planner.closes(planner.form())


def test_a_department_writes_what_it_did_and_everybody_reads_it_once_the_figure_is_approved(
    office: Office, child: Person, staff: Person
) -> None:
    form = child.clicks(WRITE, child.asks("1-1b").message).view
    assert child.sends(form, written()).errors == {}
    assert "R6の取組内容を保存しました。" in words_of(child.form())
    mine = child.asks("1-1b").text
    assert "取組内容: 園を2か所ふやした" in mine
    assert "今後の方向性: 拡充" in mine
    # R6 is still to be reported.
    assert "園を2か所" not in staff.asks("1-1b").text
    child.closes(child.form())
    form = child.clicks(WRITE, child.asks("1-1a").message).view
    child.sends(form, written("アンケートをやり直した"))
    assert "アンケートをやり直した" in staff.asks("1-1a").text
    assert office.refused_by_slack() == []


def test_the_form_opens_with_what_stands_and_an_emptied_one_takes_it_back(
    office: Office, child: Person, planner: Person
) -> None:
    child.sends(child.clicks(WRITE, child.asks("1-1b").message).view, written())
    child.closes(child.form())
    form = planner.clicks(WRITE, planner.asks("1-1b").message).view
    assert standing_in(form, "work") == "園を2か所ふやした"
    assert standing_in(form, "direction") == "expand"
    late = child.clicks(WRITE, child.asks("1-1b").message).view
    empty = {
        "work": {"typed": {"value": ""}},
        "factors": {"typed": {"value": ""}},
        "direction": {"chosen": {"selected_option": "none"}},
    }
    planner.sends(form, empty)
    assert "取り消しました" in words_of(planner.form())
    assert "ほかの人が" in child.sends(late, written("上書き")).errors["work"]
    assert [r["work"] for r in office.rows("SELECT work FROM efforts")] == [
        "園を2か所ふやした",
        None,
    ]
    child.closes(child.form())
    fresh = child.clicks(WRITE, child.asks("1-1b").message).view
    assert set(child.sends(fresh, empty).errors) == {"work"}


def test_a_submission_offers_to_go_on_with_what_was_done(office: Office, child: Person) -> None:
    receipt = child.clicks("提出", child.submits("1-1b R6 12人").message).message
    form = child.clicks(WRITE, receipt).view
    assert child.sends(form, written()).errors == {}
    child.closes(child.form())
    done = child.fills(child.submits("1-1b R6").view, value="11").view
    assert child.presses(done, WRITE).view["callback_id"] == "effort"
    assert office.refused_by_slack() == []


def test_an_opinion_is_somebodys_task_until_it_is_answered(
    office: Office, planner: Person, child: Person, staff: Person
) -> None:
    entered(planner)
    office.settles()
    (asked,) = child.inbox("意見への対応をお願いします")
    assert "担当 こども課（サンプル）" in asked["text"]
    assert child.home_says("対応を書く意見 1件")
    assert child.home_says("期限 6/13 金・あと10日")
    assert planner.home_says("担当課の対応を待つ意見 1件")
    assert "対応を書く" not in labels_of(staff.asks("意見 #1").message)
    form = child.clicks("対応を書く", asked).view
    assert set(child.sends(form, {"done": {"typed": {"value": " "}}}).errors) == {"done"}
    child.sends(form, {"done": {"typed": {"value": "内訳を公表した"}}})
    child.closes(child.form())
    office.settles()
    assert planner.inbox("意見への対応が書かれました")
    assert soon(lambda: "対応を書く意見" not in words_of(child.at_home()))
    assert "対応（こども課（サンプル） 6/3）: 内訳を公表した" in staff.asks("意見 #1").text
    assert "対応: 内訳を公表した" in staff.asks("1-1b").text
    assert office.refused_by_slack() == []


def test_an_open_opinion_is_reminded_of_and_an_answered_one_is_not(
    office: Office, planner: Person, child: Person
) -> None:
    """On the day before it is due (6/13), in the day's one message; planners for their own."""
    entered(planner)
    entered(planner, "whole:", text="指標が多すぎる", owner={"chosen": {"selected_option": "="}})
    office.at("2025-06-12T09:00:00+09:00")
    (told,) = child.inbox("対応を書いていない意見が1件あります")
    assert "受け皿の内訳を示すこと" in told["text"]
    assert "提出期限" in told["text"]
    assert "指標が多すぎる" in planner.inbox("対応を書いていない意見が1件あります")[-1]["text"]
    form = child.clicks("対応を書く", told).view
    child.sends(form, {"done": {"typed": {"value": "内訳を公表した"}}})
    office.at("2025-06-13T09:00:00+09:00")
    assert child.inbox("対応を書いていない意見") in ([], [told])
    assert len(planner.inbox("対応を書いていない意見が1件あります")) == 2


def test_opinions_are_listed_and_found_by_words(
    office: Office, planner: Person, staff: Person
) -> None:
    entered(planner)
    entered(planner, "whole:", text="指標が多すぎる")
    entered(planner, "goal:3", text="園庭の開放を広げること")
    assert "3件（未対応 3・対応済 0）" in planner.administers("意見").text
    for words, count in (
        ("未対応", 3),
        ("対応済", 0),
        ("こども課", 1),
        ("1-1b", 1),
        ("目標3", 1),
        ("園庭", 1),
        ("有識者 R6", 3),
        ("行政経営会議", 0),
        ("R5", 0),
    ):
        assert f"{count}件（未対応" in staff.asks(f"意見 {words}").text, words
    found = staff.asks("意見　園庭").message
    assert "園庭の開放を広げること" in found["text"]
    assert "指標が多すぎる" not in found["text"]
    assert "意見を追加" not in labels_of(found)
    assert "この意見は見つかりません" in staff.asks("意見 #99").text


def test_a_planner_mends_and_takes_back_and_the_old_words_stay(
    office: Office, planner: Person, child: Person
) -> None:
    entered(planner)
    one = planner.asks("意見 #1").message
    form = planner.clicks("直す", one).view
    wrong = planner.sends(form, {"due": {"picked": {"selected_date": "2025-05-01"}}})
    assert "会議の日より前" in wrong.errors["due"]
    planner.sends(form, said(text="受け皿の内訳と見通しを示すこと"))
    planner.closes(planner.form())
    again = planner.clicks("直す", planner.asks("意見 #1").message).view
    planner.sends(again, {"gone": {"gone": {"selected_options": ["gone"]}}})
    assert "意見 #1 を取り消しました。" in words_of(planner.form())
    assert "0件" in child.asks("意見").text
    assert [r["text"] for r in office.rows("SELECT text FROM opinions")] == [
        "受け皿の内訳を示すこと",
        "受け皿の内訳と見通しを示すこと",
        "受け皿の内訳と見通しを示すこと",
    ]
    assert office.refused_by_slack() == []


def test_what_is_missing_in_an_opinion_is_said_beside_its_field(
    office: Office, planner: Person
) -> None:
    form = planner.clicks("意見を追加", planner.administers("意見").message).view
    assert set(planner.sends(form, {}).errors) == {
        "body",
        "held_on",
        "subject",
        "text",
        "due",
    }
    assert [each["value"] for each in offered(planner, form, "待機")] == ["indicator:1-1b"]


@pytest.mark.parametrize("user", ["U0STAFF", "U0WELFARE", "U0GUEST"])
def test_nobody_else_writes_or_answers(
    office: Office, forger: Forger, planner: Person, child: Person, user: str
) -> None:
    entered(planner)
    office.settles()
    effort = child.clicks(WRITE, child.asks("1-1b").message).view
    answer = child.clicks("対応を書く", child.asks("意見 #1").message).view
    opinion = planner.clicks("意見を追加", planner.administers("意見").message).view
    before = office.business()
    forger.click(user, "effort:indicator:1-1b:2024", VALUE, twice=True)
    forger.form(user, effort, {"work": {"typed": {"value": "x"}}}, twice=True)
    forger.click(user, "opinion:answer:1", "1", twice=True)
    forger.form(user, answer, {"done": {"typed": {"value": "x"}}}, twice=True)
    forger.click(user, "opinion:add", "kitamoto-2", twice=True)
    forger.form(user, opinion, twice=True)
    assert office.business() == before
    acts = ["reflect", "reflect", "answer", "answer", "administer", "administer"]
    assert office.denials() == [(user, act) for act in acts]


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("effort:indicator:1-1b:2024", "x"),
        ("effort:indicator:1-1b:2024", "kitamoto-2|2024|indicator:9-9z"),
        ("effort:indicator:1-1b:2024", "kitamoto-2|1999|indicator:1-1b"),
        ("effort:indicator:1-1b:2024", "kitamoto-2|2024|policy:1-1"),
        ("opinion:answer:1", "99"),
        ("opinion:mend:1", "x"),
    ],
)
def test_a_forged_button_writes_nothing(
    office: Office, forger: Forger, action: str, value: str
) -> None:
    told = forger.click("U0PLANNER", action, value)
    assert "照会番号" not in told.text
    assert office.rows("SELECT * FROM efforts") == []


def test_a_form_sent_twice_writes_once(office: Office, child: Person, planner: Person) -> None:
    entered(planner)
    office.settles()
    form = child.clicks(WRITE, child.asks("1-1b").message).view
    office.redelivered(lambda: child.sends(form, written()))
    child.closes(child.form())
    form = child.clicks("対応を書く", child.asks("意見 #1").message).view
    office.redelivered(lambda: child.sends(form, {"done": {"typed": {"value": "公表した"}}}))
    assert len(office.rows("SELECT * FROM efforts")) == 1
    assert len(office.rows("SELECT * FROM opinion_answers")) == 1


def test_an_opinion_of_a_plan_that_is_over_waits_until_it_is_answered(
    office: Office, planner: Person, child: Person
) -> None:
    """On Home, in reminders and in the list, told by the words of its own plan; it can be mended."""
    entered(planner)
    entered(planner, "indicator:1-5b", text="答えのある意見")
    office.settles()
    child.sends(
        child.clicks("対応を書く", child.asks("意見 #2").message).view,
        {"done": {"typed": {"value": "済"}}},
    )
    child.closes(child.form())
    with writing(office.bot.desk.db) as db:
        phase3 = read_plan(Path("tests/plans/phase-3.toml"))
        shelf.put(db, By("U0OPERATOR", office.now, "shell"), phase3)
    before = child.inbox("対応を書いていない意見が1件あります")
    office.at("2026-04-03T09:00:00+09:00")
    assert office.bot.desk.plan.id == "kitamoto-3"
    told = child.inbox("対応を書いていない意見が1件あります")[len(before) :]
    assert "第2期 1-1b 保育所（園）待機児童数" in told[-1]["text"]
    assert child.home_says("対応を書く意見 1件")
    assert "第2期 1-1b 保育所（園）待機児童数" in words_of(child.at_home())
    assert "1件（未対応 1・対応済 0）" in child.asks("意見").text
    assert "答えのある意見" in child.asks("意見 #2").text
    form = planner.clicks("直す", planner.asks("意見 #1").message).view
    assert "indicator:1-5b" in [each["value"] for each in offered(planner, form)]
    assert planner.sends(form, said(text="受け皿の内訳と見通しを示すこと")).errors == {}
    planner.closes(planner.form())
    form = child.clicks("対応を書く", told[-1]).view
    assert child.sends(form, {"done": {"typed": {"value": "内訳を公表した"}}}).errors == {}
    assert soon(lambda: "対応を書く意見" not in words_of(child.at_home()))
    assert "0件" in child.asks("意見").text
    # Two may publish one Home tab at once: the later one is told so, and looks again.
    refused = office.refused_by_slack()
    assert [each for each in refused if each.get("method") != "views.publish"] == []
