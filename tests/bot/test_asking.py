"""`/kpi`, as people type it; and that every question is taken before anything is asked of Slack."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.db import writing
from tests.bot.forging import Forger
from tests.bot.office import Office, open_office
from tests.bot.people import Person, is_a_sentence, labels_of, words_of

# What is typed after /kpi, and what the answer says.
ASKED = {
    "": "基本目標1",
    "1-1": "施策 1-1 子育て支援の充実",
    "１－１": "施策 1-1 子育て支援の充実",
    "1ー1 令和５年度": "R5報告時点",
    "1-1b": "17/29=進捗59%",
    "待機児童": "保育所（園）待機児童数",
    "目標3": "若い世代の出産・子育ての希望をかなえる",
    "横断１": "多様な人材の活躍を推進する",
    "未達成": "未達成",
    "確認中": "確認中",
    "こども課": "こども課（サンプル）",
    "ヘルプ": "使い方",
    "R5 待機児童": "R5",
    "答弁 1-1b R6": "R6の値、R7.6.3承認、こども課（サンプル）、出典: 県の公表値",
    "議会答弁メモ　目標３": "【答弁メモ】基本目標3",
    "答弁": "1つ書いてください",
    "答弁 未達成": "1つの指標や目標として読めません",
}


def forget(office: Office, user: str) -> None:
    """The directory has not heard of somebody yet."""
    with writing(office.bot.desk.db) as db:
        db.execute("DELETE FROM directory WHERE user = ?", [user])


@pytest.fixture(scope="module")
def asked_office(running_office: Office) -> Office:
    """An office in which 12人 was approved for 1-1b."""
    office = running_office
    office.anew()
    child, planner = office.person("U0CHILD"), office.person("U0PLANNER")
    child.clicks("提出", child.submits("1-1b R6 12人 県の公表値").message)
    office.settles()
    planner.approves(planner.inbox("承認のお願い")[-1])
    office.settles()
    return office


@pytest.mark.parametrize("words", ASKED)
def test_a_question_is_answered_to_who_asked(asked_office: Office, words: str) -> None:
    """In the channel, for their eyes only, and by nothing Slack would refuse."""
    said = asked_office.person("U0STAFF").asks(words).message
    assert ASKED[words] in said["text"]
    assert said["ephemeral_to"] == "U0STAFF"
    assert said["channel"] == "C0STAFF"
    assert asked_office.refused_by_slack() == []


def test_who_describes_an_indicator_finds_its_memo_below_it(asked_office: Office) -> None:
    """The department and planners; nobody else's answer gets longer."""
    child, staff = asked_office.person("U0CHILD"), asked_office.person("U0STAFF")
    answered = child.asks("1-1b R6").message
    said = child.clicks("答弁メモ", answered).message
    assert "【答弁メモ】保育所（園）待機児童数" in said["text"]
    assert "令和6年度の報告時点" in said["text"]
    assert "答弁メモ" not in labels_of(staff.asks("1-1b R6").message)


STRANGE = [
    "R999",
    "9999",
    "1-1 9999",
    "-1",
    "😀",
    "' OR 1=1; --",
    "<!channel> <@U0PLANNER>",
    "&lt;b&gt;",
    "*太字* `code` _i_ ~s~",
    "\u202eabc",
    "あ" * 3000,
    "1-1b " * 500,
    "%",
    "*",
    "２０２４年度　未達成　こども課",
    "R6 R5 R4",
    "NaN",
]


@pytest.mark.parametrize("words", STRANGE)
def test_whatever_is_typed_gets_an_answer(asked_office: Office, words: str) -> None:
    """When it isn't understood the answer asks back; it is never a bug and never refused."""
    said = asked_office.person("U0STAFF").asks(words).message
    is_a_sentence(said["text"])
    assert "<!channel>" not in str(said)
    assert "<@U0PLANNER>" not in str(said)
    assert asked_office.refused_by_slack() == []


def test_a_button_answers_beside_what_it_stands_in(asked_office: Office) -> None:
    """Each button of an answer leads on, and the answer it stands in stays."""
    staff = asked_office.person("U0STAFF")
    policy = staff.asks("1-1").message
    assert "1-1b" in labels_of(policy)
    more = staff.clicks("1-1b", policy).message
    assert "17/29=進捗59%" in more["text"]
    assert more["ts"] != policy["ts"]
    assert policy["text"] in [m["text"] for m in staff.reads("C0STAFF")]


def test_every_button_of_the_first_answers_leads_somewhere(asked_office: Office) -> None:
    """None of them is a dead end or a bug."""
    staff = asked_office.person("U0STAFF")
    for words in ("", "ヘルプ", "1-1", "1-1b", "目標3", "未達成", "R5", "zzz"):
        answer = staff.asks(words).message
        for label in dict.fromkeys(labels_of(answer)):
            # A machine that never drew a chart looks for its fonts first.
            seen = staff.clicks(label, answer, wait=60)
            is_a_sentence(seen.text or words_of(seen.view))
    assert asked_office.refused_by_slack() == []


def test_a_forged_question_behind_a_button_is_a_question(asked_office: Office) -> None:
    """Whatever its value holds."""
    forger = Forger(asked_office)
    for value in (None, "", "x" * 2000, "'; DROP TABLE submissions", "<!channel>", "\x00"):
        is_a_sentence(forger.click("U0STAFF", "ask:x", value).text)
    assert asked_office.refused_by_slack() == []


def test_a_value_that_waits_is_for_its_department_and_planners(
    office: Office, child: Person, child2: Person, planner: Person, staff: Person
) -> None:
    """Others learn that something waits, and nothing of what."""
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    for each in (child, child2, planner):
        assert "12人" in each.asks("1-1b").text
    for each in (staff, office.person("U0WELFARE")):
        answer = each.asks("1-1b").text
        assert "12人" not in answer
        assert "値は承認後に表示" in answer


def test_somebody_never_seen_is_looked_up_and_answered(office: Office) -> None:
    """A colleague whom the directory doesn't know yet; the second time they are known."""
    forget(office, "U0STAFF")
    staff = office.person("U0STAFF")
    assert "施策 1-1" in staff.asks("1-1").message["text"]
    assert office.denials() == []


def test_somebody_who_joins_or_leaves_is_known_by_the_event(office: Office) -> None:
    """Without a restart and without a look-up."""
    office.hands.do("user", user="U0NEW", name="new", real_name="新しい職員")
    office.hands.do("channel", channel="C0NEW", name="新", members=["U0NEW", "U0KPIBOT"])
    assert "施策 1-1" in office.person("U0NEW").asks("1-1", channel="C0NEW").message["text"]
    office.hands.do("user", user="U0NEW", deleted=True)
    told = office.person("U0NEW").asks("1-1", channel="C0NEW").message["text"]
    assert "無効になっている利用者です。" in told
    assert office.denials() == [("U0NEW", "ask")]


def test_a_question_is_taken_before_anything_is_asked_of_slack(tmp_path: Path) -> None:
    """Also the first one of all, and that of somebody whom only Slack could tell who they are."""
    with open_office(tmp_path) as office:
        forget(office, "U0PLANNER")
        office.hands.arm("slow", seconds=1.2, times=1000)
        known = office.person("U0STAFF").asks("1-1", wait=0)
        assert known.ack_ms < 600
        assert "施策 1-1" in known.text
        unknown = office.person("U0PLANNER").asks("1-1", wait=6)
        assert unknown.ack_ms < 600
        assert "利用者を確認できませんでした。" in unknown.text
        office.hands.do("fault", kind="clear")


def test_ones_own_tasks_are_those_of_ones_department(child: Person, staff: Person) -> None:
    assert child.asks("自分の担当").text.startswith("こども課（サンプル）")
    assert "こども課（サンプル）　未提出の指標" in child.asks("うちの課の未提出").text
    assert "こども課" not in staff.asks("自分の担当").text.split("\n")[0]
