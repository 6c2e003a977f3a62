"""締め: one planner proposes, another confirms; verdicts are frozen and corrections stand beside them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from bot import closing
from store import locks, submissions
from store.db import writing
from store.errors import Closed
from tests.bot.forging import Forger
from tests.bot.giving import PLAN, approve, by, give, proposed, who_is
from tests.bot.office import Office
from tests.bot.people import Person, draft_behind, labels_of, standing_in, words_of
from tests.sandbox.hands import Json, soon

LEFT = "見本の確認は来年度に行う"
CLOSED = "R6実績は締められているため、登録されていません。"


def lock(office: Office) -> None:
    """U0PLANNER proposes, U0PLANNER2 confirms."""
    db = office.bot.desk.db
    with writing(db):
        made = closing.propose(
            db, by(office, "U0PLANNER", LEFT), who_is(office, "U0PLANNER"), PLAN, 2024, "lock"
        )
        closing.settle(
            db, by(office, "U0PLANNER2"), who_is(office, "U0PLANNER2"), made.id, agreed=True
        )
    office.settles()


@pytest.fixture
def closed(office: Office) -> Office:
    """An office where 1-1b is 12 and R6 is locked."""
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    approve(office, "U0PLANNER", made.id)
    lock(office)
    return office


def proposes(planner: Person, year: str = "") -> None:
    """Samples wait for approval, so that the reason to leave them is asked."""
    page = planner.administers(f"締め {year}".strip()).message
    form = planner.clicks("確認中を残して締めを提案", page).view
    planner.sends(form, {"why": {"typed": {"value": LEFT}}})


def corrected(value: str, why: str = "県の再公表による") -> Json:
    return {"value:": {"typed": {"value": value}}, "why": {"typed": {"value": why}}}


def test_two_planners_lock_a_collection_and_every_verdict_is_frozen(
    office: Office, planner: Person, planner2: Person
) -> None:
    """The page shows what is open; the proposer cannot confirm; the other hears of it."""
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    approve(office, "U0PLANNER", made.id)
    page = planner.administers("締め R6").message
    assert "まだ締めていません" in page["text"]
    assert "未提出" in page["text"]
    assert "確認中" in page["text"]
    proposes(planner, "R6")
    proposed_page = planner.administers("締め R6").message
    assert "締めの提案中" in proposed_page["text"]
    assert labels_of(proposed_page) == ["提案を取り下げる"]
    office.settles()
    (asked,) = planner2.inbox("締めの提案　R6実績")
    other = planner2.clicks("締めの状況を開く", asked).message
    planner2.hears("締め済み", lambda: planner2.clicks("締めを確定する", other))
    office.settles()
    assert planner.inbox("確定しました（企画担当B）")
    frozen = office.rows("SELECT * FROM frozen_verdicts WHERE indicator = '1-1b'")[0]
    assert (frozen["submission"], frozen["label"], frozen["period"]) == (made.id, "向上", "FY2024")
    assert (frozen["rule"], frozen["rule_version"]) == ("attainment", 1)
    assert json.loads(frozen["values"]) == [["", "12"]]
    assert json.loads(frozen["baseline"])[0][1]["value"] == "29"
    assert json.loads(frozen["target"])[0][1]["value"] == "0"
    (series,) = json.loads(frozen["arithmetic"])["series"]
    assert isinstance(series["progress"], str)
    assert office.rows("SELECT count(*) AS n FROM frozen_verdicts")[0]["n"] == 68
    assert office.refused_by_slack() == []


def test_nobody_confirms_their_own_lock(office: Office, forger: Forger, planner: Person) -> None:
    """By a forged button; and only planners propose."""
    proposes(planner)
    number = str(office.rows("SELECT max(id) AS id FROM locks")[0]["id"])
    before = office.business()
    told = forger.click("U0PLANNER", "lock:agree", number, twice=True).text
    assert "ご自身の締めの提案は確定できません。" in told
    for action, value in (
        ("lock:propose", f"{PLAN}|2024"),
        ("lock:agree", number),
        ("lock:undo", f"{PLAN}|2024"),
    ):
        assert "企画担当ができます" in forger.click("U0CHILD", action, value).text
    assert office.business() == before
    assert office.denials() == [("U0PLANNER", "lock")] + [("U0CHILD", "lock")] * 3


@pytest.mark.parametrize(
    "value", [None, "", "x", "kitamoto-9|2024", f"{PLAN}|1", f"{PLAN}|9999", "²"]
)
def test_a_forged_lock_is_an_old_button(office: Office, forger: Forger, value: str | None) -> None:
    for action in ("lock:propose", "lock:agree", "lock:drop", "lock:undo"):
        told = forger.click("U0PLANNER", action, value).text
        assert "古いため使えません" in told or "すでに処理されています" in told
    assert office.rows("SELECT * FROM locks") == []


def test_a_department_is_refused_after_the_lock_with_what_was_typed(
    closed: Office, child: Person
) -> None:
    """In words and by opening the form; who puts it right is said."""
    told = child.submits("1-1b R6 13人 県").text
    assert CLOSED in told
    assert "企画担当にお知らせください。" in told
    assert "入力された内容: /kpi-submit 1-1b R6 13人 県" in told
    assert len(closed.submissions()) == 1


def test_a_form_a_preview_and_a_confirmation_from_before_the_lock_are_refused(
    office: Office, child: Person, forger: Forger
) -> None:
    """Nothing is registered; the form keeps what was typed, a draft gives it back."""
    preview = child.submits("1-1b R6 12人 県の公表値").message
    form = child.submits("1-1b R6").view
    lock(office)
    before = office.business()
    (beside,) = child.fills(form, value="13").errors.values()
    assert CLOSED in beside
    assert child.form()["id"] == form["id"]
    told = child.clicks("提出", preview).text
    assert CLOSED in told
    assert "入力された内容: /kpi-submit 1-1b R6 12人 県の公表値" in told
    assert draft_behind(preview)
    told = forger.click("U0CHILD", "open_form:1-1b", f"{PLAN}|1-1b|2024").text
    assert CLOSED in told
    assert office.business() == before


def test_a_sheet_is_refused_as_a_whole_after_the_lock(closed: Office) -> None:
    """Not a row of it is registered."""
    before, rows = closed.business(), [proposed("1-1c", "6.9"), proposed("1-2a", "11")]
    with pytest.raises(Closed, match="締められている"):
        give(closed, "U0CHILD2", *rows, together=True)
    assert closed.business() == before


def test_a_correction_stands_beside_the_frozen_verdict(
    closed: Office, child2: Person, planner: Person, planner2: Person, staff: Person
) -> None:
    """With a reason, approved by another planner: old and new value, both verdicts."""
    assert (
        "/kpi-admin 訂正 1-1b R6 から理由を付けて訂正できます。"
        in planner.submits("1-1b R6 0人").text
    )
    form = planner.administers("訂正 1-1b R6").view
    assert standing_in(form, "value:") == "12人"
    assert list(planner.sends(form, corrected("0", " "), force=True).errors) == ["why"]
    assert "承認済 12人 → 訂正 *0人*" in words_of(planner.sends(form, corrected("0")).view)
    closed.settles()
    assert "締め時の判定 向上" in staff.asks("1-1b").text
    (request,) = planner2.inbox("承認のお願い　")
    assert "承認済 12人 → 訂正 0人（企画担当A）" in request["text"]
    planner2.approves(request)
    closed.settles()
    said = staff.asks("1-1b").text
    assert "締め時の判定 向上" in said
    assert "訂正 12人 → 0人　訂正後 ● 達成" in said
    assert "訂正の理由: 県の再公表による" in said
    frozen = closed.rows("SELECT label, submission FROM frozen_verdicts WHERE indicator = '1-1b'")
    assert frozen[0]["label"] == "向上"
    assert child2.inbox("R6実績が承認されました")
    assert "締めた後の訂正 1件" in planner.administers("締め R6").text
    standing = closed.bot.desk.outlook(2024, ["1-1b"]).standings["1-1b"]
    assert standing.corrected
    assert standing.frozen is not None
    assert standing.frozen.label == "向上"


def test_a_figure_that_was_never_given_is_entered_after_the_lock(
    closed: Office, planner: Person, planner2: Person
) -> None:
    """A late statistic, with its reason."""
    form = planner.administers("訂正 1-1d R6").view
    planner.sends(form, corrected("55.5", "県の公表が遅れたため"))
    closed.settles()
    planner2.approves(planner2.inbox("承認のお願い　")[-1])
    closed.settles()
    assert closed.approved(2024, "1-1d") == "55.5"


def test_nothing_is_owed_in_a_locked_collection(closed: Office) -> None:
    """So that nobody is reminded of it."""
    assert not any(s.outstanding for s in closed.bot.desk.outlook(2024).standings.values())


def test_it_is_unlocked_in_the_same_way_with_a_reason(
    closed: Office, child: Person, planner: Person, planner2: Person
) -> None:
    """Both rows stay; the department submits again and nothing is frozen any more."""
    form = planner.clicks("締めの解除を提案", planner.administers("締め R6").message).view
    assert planner.sends(form).answer["error"] == "invalid_input"
    planner.sends(form, {"why": {"typed": {"value": "転記の誤りが多いため"}}})
    closed.settles()
    (asked,) = planner2.inbox("締めの解除の提案")
    assert "理由: 転記の誤りが多いため" in asked["text"]
    page = planner2.clicks("締めの状況を開く", asked).message
    planner2.clicks("締めの解除を確定する", page)
    assert locks.lock_of(closed.bot.desk.db, PLAN, 2024) is None
    assert "提出前の確認" in child.submits("1-1b R6 13人").text
    kinds = [row["kind"] for row in closed.rows("SELECT kind FROM locks ORDER BY id")]
    assert kinds == ["propose_lock", "lock", "propose_unlock", "unlock"]
    assert closed.rows("SELECT count(*) AS n FROM frozen_verdicts")[0]["n"] == 68


def test_a_proposal_can_be_dropped(office: Office, planner: Person, planner2: Person) -> None:
    """By either; nothing is frozen."""
    proposes(planner, "R6")
    page = planner.administers("締め R6").message
    planner.clicks("提案を取り下げる", page)
    assert "まだ締めていません" in planner2.administers("締め R6").text
    assert office.rows("SELECT * FROM frozen_verdicts") == []


def test_a_proposal_stands_on_the_other_planners_home_until_it_is_settled(
    office: Office, planner: Person, planner2: Person
) -> None:
    """From there it is agreed to."""
    assert "確定を待つ提案" not in words_of(planner2.at_home())
    proposes(planner, "R6")
    assert planner2.home_says("確定を待つ提案 1件")
    assert "確定を待つ提案" not in words_of(planner.at_home())
    form = planner2.opens(planner2.at_home(), "内容を見る")
    planner2.presses(form, "締めを確定する")
    assert soon(lambda: "締め済み" in words_of(planner2.form()))
    assert soon(lambda: "確定を待つ提案" not in words_of(planner2.at_home()))


def test_a_submission_and_the_lock_in_the_same_moment(office: Office, child: Person) -> None:
    """Whichever comes first: the figure is registered and frozen as 確認中, or refused."""
    preview = child.submits("1-1b R6 12人").message
    with ThreadPoolExecutor(2) as together:
        submitted = together.submit(lambda: child.hurried.clicks("提出", preview).text)
        locked = together.submit(lambda: lock(office))
        locked.result()
        told = submitted.result()
    frozen = office.rows("SELECT state FROM frozen_verdicts WHERE indicator = '1-1b'")[0]
    if office.submissions():
        assert frozen["state"] == "確認中"
    else:
        assert frozen["state"] == "未提出"
        assert CLOSED in told or CLOSED in child.clicks("提出", preview).text


def test_nothing_is_locked_while_something_waits_unless_somebody_says_why(
    office: Office, forger: Forger, planner: Person
) -> None:
    """Neither by a forged proposal nor by a word on one that was made before it came."""
    before = office.business()
    told = forger.click("U0PLANNER", "lock:propose", f"{PLAN}|2024").text
    assert "R6実績には確認中のものが" in told
    form = planner.clicks("確認中を残して締めを提案", planner.administers("締め R6").message).view
    blank = {"why": {"typed": {"value": "　"}}}
    assert "理由を書いてください。" in forger.form("U0PLANNER", form, blank).text
    assert office.business() == before


def test_what_comes_between_a_proposal_and_the_lock_stops_it(
    office: Office, forger: Forger
) -> None:
    """By the verb with a sentence, by a row with an error."""
    decide_all(office)
    db = office.bot.desk.db
    with writing(db):
        person = who_is(office, "U0PLANNER")
        made = closing.propose(db, by(office, "U0PLANNER"), person, PLAN, 2024, "lock")
    give(office, "U0CHILD2", proposed("1-1b", "12"))
    told = forger.click("U0PLANNER2", "lock:agree", str(made.id)).text
    assert "R6実績には確認中のものが1件あります（1-1b）。" in told
    with pytest.raises(sqlite3.IntegrityError, match="locked for a reason"):
        locks.settle(db, by(office, "U0PLANNER2"), made.id, agreed=True)


def test_what_was_left_is_approved_after_the_lock_beside_the_frozen_verdict(
    office: Office, child: Person
) -> None:
    """The lock keeps 確認中 as it was; nothing of it is called 訂正."""
    (made,) = give(office, "U0CHILD2", proposed("1-1b", "12"))
    lock(office)
    (frozen,) = office.rows("SELECT state FROM frozen_verdicts WHERE indicator = '1-1b'")
    assert frozen["state"] == "確認中"
    office.at("2025-06-03T10:30:00+09:00")
    approve(office, "U0PLANNER", made.id)
    said = child.asks("1-1b R6").message
    assert "締め後に承認" in said["text"]
    assert "訂正" not in said["text"]
    assert "／承認後 ▲ 向上" in str(said["blocks"])


def decide_all(office: Office) -> None:
    """Planners send back whatever is 確認中."""
    with writing(office.bot.desk.db) as db:
        for each in submissions.waiting(db):
            submissions.send_back(db, by(office, "U0PLANNER", "見本"), each.id)
