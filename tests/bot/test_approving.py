"""承認 and 差戻し: one decides, everybody sees who; what came back is mended and asked for anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from store import submissions
from store.acts import By
from store.db import writing
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, labels_of
from tests.sandbox.hands import Json

REASON = "延べ人数か実人数かを確認してください"


@pytest.fixture
def request_(office: Office, child: Person, planner: Person) -> Json:
    """The request for 1-1b in U0PLANNER's direct messages."""
    child.clicks("提出", child.submits("1-1b R6 12人 県の公表値").message)
    office.settles()
    return planner.inbox("承認のお願い")[-1]


def number(office: Office) -> str:
    """The newest submission's number, as buttons carry it."""
    return str(office.submissions()[-1]["id"])


def test_a_request_holds_all_that_a_decision_needs(request_: Json) -> None:
    """Value, change, verdict if approved with its arithmetic, source, who and when."""
    for part in (
        "1-1b 保育所（園）待機児童数",
        "R6の実績 12人（データ年 R6）",
        "前回 ",
        "承認された場合の判定 ▲ 向上（R6時点）",
        "17/29=進捗59%",
        "出典: 県の公表値",
        "こども課（サンプル） こども担当（課長） 6/3提出",
    ):
        assert part in request_["text"]
    assert labels_of(request_) == ["承認", "差戻し", "値を直して承認へ"]


def test_returning_tells_why_by_when_and_how_to_go_on(
    office: Office, child: Person, child2: Person, planner: Person, planner2: Person, request_: Json
) -> None:
    """The submitter and the department's members, each with a button; both requests are settled."""
    planner.sends_back(request_, REASON, due="2025-06-20")
    office.settles()
    for each in (child, child2):
        (told,) = each.inbox("R6実績が差し戻されました")
        assert f"理由: {REASON}" in told["text"]
        assert "新しい提出期限 6/20（金）" in told["text"]
        assert labels_of(told) == ["修正"]
    for each in (planner, planner2):
        (settled,) = each.inbox("差戻し済み")
        assert "差戻し済み（企画担当A 6/3 10:00）" in settled["text"]
        assert labels_of(settled) == []
    assert REASON in child.asks("1-1b").text
    staff = office.person("U0STAFF").asks("1-1b").text
    assert "差戻し" in staff
    assert REASON not in staff
    (row,) = office.submissions()
    assert (row["decided"], row["decided_why"], row["new_due"]) == ("return", REASON, "2025-06-20")


def test_returning_wants_a_reason_and_a_day_to_come(
    office: Office, forger: Forger, planner: Person, request_: Json
) -> None:
    """Beside its field; the form stays open."""
    form = planner.clicks("差戻し", request_).view
    assert list(planner.sends(form).errors) == ["reason"]
    blank = {"reason": {"typed": {"value": " 　\n"}}}
    assert list(planner.sends(form, blank).errors) == ["reason"]
    past = {"new_due": {"picked": {"selected_date": "2025-06-02"}}}
    said = planner.sends(form, {"reason": {"typed": {"value": "x"}}, **past})
    assert said.errors == {"new_due": "新しい提出期限は今日以降の日を選んでください。"}
    assert [row["decided"] for row in office.submissions()] == [None]


def test_two_planners_at_once_decide_once(
    office: Office, planner: Person, planner2: Person, request_: Json
) -> None:
    """The second hears who was first, also when both press in the same moment."""
    other = planner2.inbox("承認のお願い")[-1]
    with ThreadPoolExecutor(2) as together:
        both = list(
            together.map(
                lambda each: each[0].hurried.approves(each[1]),
                [(planner, request_), (planner2, other)],
            )
        )
    office.settles()
    (row,) = office.submissions()
    assert row["decided"] == "approve"
    late = both[row["decided_by"] == "U0PLANNER"]
    first = {"U0PLANNER": "企画担当A", "U0PLANNER2": "企画担当B"}[row["decided_by"]]
    assert any("この提出は承認済みです" in m["text"] or first in m["text"] for m in late.messages)
    assert len(office.person("U0CHILD").inbox("R6実績が承認されました")) == 1


def test_an_approval_delivered_twice_counts_once(
    office: Office, planner: Person, request_: Json
) -> None:
    """One decision, and one message to each of the department."""
    office.redelivered(lambda: planner.approves(request_))
    office.settles()
    assert [row["decided"] for row in office.submissions()] == ["approve"]
    assert len(office.person("U0CHILD").inbox("R6実績が承認されました")) == 1
    assert office.denials() == []


def test_what_is_settled_says_by_whom_to_a_late_click(
    office: Office, forger: Forger, planner: Person, request_: Json
) -> None:
    """On a screen that did not follow, or in a form that was open before."""
    form = planner.clicks("差戻し", request_).view
    office.person("U0PLANNER2").approves(office.person("U0PLANNER2").inbox("承認のお願い")[-1])
    office.settles()
    before = office.business()
    for action in ("approve", "send_back"):
        told = forger.click("U0PLANNER", action, number(office)).text
        assert (
            "この提出は承認済みです（<@U0PLANNER2>、2025-06-03 10:00）。変更はありません。" in told
        )
    (beside,) = planner.sends(form, {"reason": {"typed": {"value": REASON}}}).errors.values()
    assert "この提出は承認済みです（企画担当B、2025-06-03 10:00）。" in beside
    assert office.business() == before


def test_what_was_withdrawn_says_so_to_a_late_click(
    office: Office, planner: Person, request_: Json
) -> None:
    """Though its request still stands there with buttons."""
    with writing(office.bot.desk.db) as db:
        by = By("U0CHILD", office.now + timedelta(minutes=1), "test")
        submissions.withdraw(db, by, int(number(office)))
    before = office.business()
    assert "この提出は取下げ済みです（<@U0CHILD>" in planner.approves(request_).text
    assert office.business() == before


def test_a_newer_submission_takes_the_place_of_one_that_waits(
    office: Office, forger: Forger, child2: Person, planner: Person, request_: Json
) -> None:
    """The older requests say so and lose their buttons; a late click on one hears it too."""
    old = number(office)
    child2.clicks("提出", child2.submits("1-1b R6 13人").message)
    office.settles()
    (settled,) = planner.inbox("新しい提出に置き換え済み")
    assert settled["ts"] == request_["ts"]
    assert labels_of(settled) == []
    told = forger.click("U0PLANNER", "approve", old).text
    assert "この提出は新しい提出に置き換え済みです（<@U0CHILD2>" in told
    (request,) = planner.inbox("承認のお願い")
    planner.approves(request)
    assert [row["decided"] for row in office.submissions()] == ["supersede", "approve"]
    assert "13人" in office.person("U0STAFF").asks("1-1b").text


def test_what_came_back_is_asked_for_anew(
    office: Office, child: Person, planner: Person, request_: Json
) -> None:
    """Mended by the button and approved; history keeps both."""
    planner.sends_back(request_, REASON)
    office.settles()
    child.fills(child.clicks("修正", child.inbox("差し戻されました")[-1]).view, value="13")
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()
    assert [row["decided"] for row in office.submissions()] == ["return", "approve"]
    assert "13人" in child.inbox("R6実績が承認されました")[-1]["text"]


def test_an_approved_figure_can_be_corrected(
    office: Office, child: Person, planner: Person, request_: Json
) -> None:
    """The new one counts once it is approved; until then the old one does."""
    planner.approves(request_)
    office.settles()
    child.clicks("提出", child.submits("1-1b R6 14人").message)
    office.settles()
    assert office.approved(2024) == "12"
    planner.approves(planner.inbox("承認のお願い")[-1])
    assert office.approved(2024) == "14"
