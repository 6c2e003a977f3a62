"""`/kpi-admin 承認`: what waits, by department; many approved or sent back in one act."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from store import submissions
from store.db import writing
from tests.bot.forging import Forger
from tests.bot.giving import by, give, proposed
from tests.bot.office import Office
from tests.bot.people import Person, boxes_of, labels_of, ticked, words_of
from tests.sandbox.hands import Json

ODD = ("前回の50倍です。",)


@pytest.fixture
def waiting(office: Office) -> Office:
    """1-1b waits with an oddity, 1-1c and 1-2a without, and 2-2a of another department."""
    empty(office)
    give(
        office,
        "U0CHILD2",
        proposed("1-1b", "999", oddities=ODD),
        proposed("1-1c", "6.9"),
        proposed("1-2a", "11"),
    )
    give(office, "U0WELFARE", proposed("2-2a", {"男性": "18.43", "女性": "20.72"}))
    return office


def empty(office: Office) -> None:
    """Send back whatever the samples left waiting."""
    db = office.bot.desk.db
    with writing(db):
        for each in submissions.waiting(db):
            submissions.send_back(db, by(office, "U0PLANNER", "空にする"), each.id)


def names(view: dict[str, object]) -> list[str]:
    """The indicators that can be ticked, oddities marked."""
    return [text.removeprefix("⚠ ").split()[0] for text in boxes_of(view)]


def row_of(message: Json, indicator: str) -> Json:
    """The part of a message that is about one indicator, with its button."""
    blocks = [b for b in message["blocks"] if indicator in str(b.get("text"))]
    return {**message, "blocks": blocks}


def decided(office: Office) -> dict[str, str | None]:
    """What became of each indicator's last submission of the test."""
    return {i: office.submissions(i)[-1]["decided"] for i in ("1-1b", "1-1c", "1-2a", "2-2a")}


def test_what_waits_stands_by_department_with_all_that_is_odd(
    waiting: Office, planner: Person
) -> None:
    """A box each: name, value, change, who gave it; what is odd is said in full below."""
    view = planner.administers("承認").view
    assert names(view) == ["1-1b", "1-1c", "1-2a", "2-2a"]
    labels = [b["label"]["text"] for b in view["blocks"] if b["type"] == "input"]
    assert labels == ["こども課（サンプル） 3件", "福祉健康課（サンプル） 1件"]
    said = words_of(view)
    assert "承認待ち 4件（確認事項あり 1件）" in said
    assert "⚠ 1-1b 確認: " in said
    text, below = next(
        (o["text"]["text"], o["description"]["text"])
        for b, o in boxes_of(view).values()
        if "1-1c" in o["text"]["text"]
    )
    assert text.endswith("　6.9%")
    assert "こども担当（担当者）" in below
    assert waiting.refused_by_slack() == []


def test_filters_show_a_department_a_collection_and_what_is_odd(
    waiting: Office, planner: Person
) -> None:
    """By words, and by the menus in the list."""
    assert names(planner.administers("承認 福祉健康課").view) == ["2-2a"]
    view = planner.administers("承認待ち welfare R6").view
    assert names(view) == ["2-2a"]
    view = planner.chooses(view, "queue:department", "-").view
    assert names(view) == ["1-1b", "1-1c", "1-2a", "2-2a"]
    view = planner.chooses(view, "queue:odd", "yes").view
    assert names(view) == ["1-1b"]
    view = planner.chooses(view, "queue:odd", "no").view
    assert names(view) == ["1-1c", "1-2a", "2-2a"]
    told = planner.administers("承認 水道課").text
    assert "「水道課」という課は見つかりません。" in told


def test_what_is_chosen_is_approved_and_each_hears_of_it_once(
    waiting: Office, planner: Person, child: Person, child2: Person
) -> None:
    """One message to a person, however many figures; the list shows what is left."""
    view = planner.administers("承認").view
    left = planner.sends(view, ticked(view, "1-1c", "1-2a", "2-2a")).view
    assert "3件を承認しました。" in words_of(left)
    assert names(left) == ["1-1b"]
    waiting.settles()
    assert decided(waiting) == {
        "1-1b": None,
        "1-1c": "approve",
        "1-2a": "approve",
        "2-2a": "approve",
    }
    for each in (child, child2):
        (told,) = each.inbox("R6実績 2件が承認されました")
        assert "1-1c" in told["text"]
        assert "1-2a" in told["text"]
        assert each.inbox("R6実績が承認されました") == []
    (alone,) = waiting.person("U0WELFARE").inbox("R6実績が承認されました")
    assert "男性18.43年・女性20.72年" in alone["text"]
    assert len(planner.inbox("承認済み　R6実績")) == 3
    assert waiting.refused_by_slack() == []


def test_nothing_chosen_is_said(waiting: Office, planner: Person) -> None:
    """Beside the first boxes; nothing is decided."""
    before = waiting.business()
    (said,) = planner.sends(planner.administers("承認").view).errors.values()
    assert "1件も選ばれていません。" in said
    assert waiting.business() == before


def test_all_without_anything_odd_are_approved_after_a_question(
    waiting: Office, planner: Person
) -> None:
    """The button asks first; what came after the list was opened is not approved by it."""
    view = planner.administers("承認").view
    (button,) = [
        e
        for b in view["blocks"]
        for e in b.get("elements", ())
        if e.get("action_id") == "approve_clean"
    ]
    assert "確認事項のない3件を承認します" in button["confirm"]["text"]["text"]
    give(waiting, "U0CHILD2", proposed("1-4a", "30"))
    planner.presses(view, "確認事項のないものをすべて承認（3件）")
    assert decided(waiting) == {
        "1-1b": None,
        "1-1c": "approve",
        "1-2a": "approve",
        "2-2a": "approve",
    }
    assert waiting.submissions("1-4a")[-1]["decided"] is None
    assert names(planner.form()) == ["1-1b", "1-4a"]


def test_the_filter_holds_for_all_without_anything_odd(waiting: Office, planner: Person) -> None:
    """Only the department that is shown."""
    view = planner.administers("承認 children").view
    planner.presses(view, "確認事項のないものをすべて承認（2件）")
    assert decided(waiting)["2-2a"] is None
    assert decided(waiting)["1-2a"] == "approve"


def test_what_was_settled_meanwhile_is_skipped_by_name_and_the_rest_done(
    waiting: Office, planner: Person, planner2: Person, child2: Person
) -> None:
    """Withdrawn, approved by another: said with who and when."""
    view = planner.administers("承認").view
    other = planner2.administers("承認").view
    planner2.sends(other, ticked(other, "1-1c"))
    waiting.settles()
    receipts = child2.submits("取下げ").message
    assert len([label for label in labels_of(receipts) if label == "取下げ"]) == 2
    child2.clicks("取下げ", row_of(receipts, "1-2a"))
    said = words_of(planner.sends(view, ticked(view, "1-1c", "1-2a", "2-2a")).view)
    assert "1件を承認しました。" in said
    assert "2件はそのままです。" in said
    assert "この提出は承認済みです（企画担当B" in said
    assert "この提出は取下げ済みです（こども担当（担当者）" in said
    assert decided(waiting) == {
        "1-1b": None,
        "1-1c": "approve",
        "1-2a": "withdraw",
        "2-2a": "approve",
    }


def test_ones_own_cannot_be_ticked_and_is_skipped_when_forged(
    waiting: Office, forger: Forger, planner: Person
) -> None:
    """It stands below the list; a forged number leaves its trace in the audit."""
    give(waiting, "U0PLANNER", proposed("3-1a", "12"))
    view = planner.administers("承認").view
    assert "3-1a" not in names(view)
    assert "ご自身の提出・修正はほかの企画担当が承認します: 3-1a" in words_of(view)
    own = str(waiting.submissions("3-1a")[-1]["id"])
    block = next(b["block_id"] for b in view["blocks"] if b["type"] == "input")
    forged = {block: {"picked": {"type": "checkboxes", "selected_options": [{"value": own}]}}}
    told = forger.form("U0PLANNER", view, forged, twice=True)
    assert "0件を承認しました。" in told.text
    assert "ご自身の提出は承認できません。" in told.text
    assert waiting.submissions("3-1a")[-1]["decided"] is None
    assert waiting.denials() == [("U0PLANNER", "approve")]


FORGED = (
    "",
    "x",
    "[]",
    "[1]",
    "null",
    '{"ticked": ["x"]}',
    '{"page": -1}',
    '{"ticked": 1}',
    "[" * 2900,
)


@pytest.mark.parametrize("metadata", FORGED)
def test_a_forged_list_decides_nothing(
    waiting: Office, forger: Forger, planner: Person, metadata: str
) -> None:
    """Whatever its hidden field holds."""
    view = planner.administers("承認").view
    before = waiting.business()
    told = forger.form("U0PLANNER", view, metadata=metadata).text
    assert "この一覧は古いため使えません。" in told or "1件も選ばれていません。" in told
    assert waiting.business() == before


def test_several_are_sent_back_with_one_reason(
    waiting: Office, planner: Person, child2: Person
) -> None:
    """A template and free words; each department's people get one message with a button each."""
    view = planner.administers("承認").view
    form = planner.presses(view, "選んだものを差戻す", ticked(view, "1-1b", "1-1c")).view
    filled = {
        "template": {"chosen": {"selected_option": "出典を書いてください"}},
        "reason": {"typed": {"value": "統計書の頁も"}},
    }
    assert "2件を差し戻しました。" in words_of(planner.sends(form, filled).view)
    waiting.settles()
    (told,) = child2.inbox("R6実績 2件が差し戻されました")
    assert "理由: 出典を書いてください 統計書の頁も" in told["text"]
    assert labels_of(told) == ["1-1b 修正", "1-1c 修正"]
    assert decided(waiting) == {"1-1b": "return", "1-1c": "return", "1-2a": None, "2-2a": None}


def test_a_list_that_was_closed_meanwhile_is_told_in_a_sentence(
    waiting: Office, planner: Person
) -> None:
    """Slack opens no form over what is not there any more."""
    view = planner.administers("承認").view
    waiting.hands.arm("error", method="views.push", error="not_found", times=1)
    told = planner.presses(view, "選んだものを差戻す", ticked(view, "1-1b", "1-1c")).text
    assert "入力画面を開けませんでした。もう一度お試しください。" in told
    assert "照会番号" not in told


def test_planners_keep_the_sentences_of_a_return(office: Office, planner: Person) -> None:
    """One a line; too long a one is refused beside the field, and none at all is a choice."""
    form = planner.administers("定型文").view
    long = {"template": {"typed": {"value": "あ" * 76}}}
    assert "75字を超える文があります" in planner.sends(form, long).errors["template"]
    planner.sends(
        form, {"template": {"typed": {"value": "数え方を書いてください\n頁を書いてください"}}}
    )
    give(office, "U0CHILD2", proposed("1-1b", "12"))
    opened = planner.clicks("差戻し", planner.inbox("承認のお願い")[-1]).view
    menu = next(b for b in opened["blocks"] if b.get("block_id") == "template")
    texts = [o["value"] for o in menu["element"]["options"]]
    assert texts == ["数え方を書いてください", "頁を書いてください"]


def test_a_bulk_approval_delivered_twice_counts_once(waiting: Office, planner: Person) -> None:
    """One decision each, one message to each person, the same answer."""
    view = planner.administers("承認").view
    waiting.redelivered(lambda: planner.sends(view, ticked(view, "1-1c", "1-2a")))
    waiting.settles()
    assert decided(waiting)["1-1c"] == "approve"
    assert len(waiting.person("U0CHILD").inbox("2件が承認されました")) == 1
    assert waiting.denials() == []


def test_two_planners_at_once_decide_each_once(
    waiting: Office, planner: Person, planner2: Person
) -> None:
    """Both send the same selection in the same moment: what one does the other skips."""
    views = [each.administers("承認").view for each in (planner, planner2)]
    with ThreadPoolExecutor(2) as together:
        both = list(
            together.map(
                lambda each: words_of(
                    each[0].hurried.sends(each[1], ticked(each[1], "1-1c", "1-2a", "2-2a")).view
                ),
                zip((planner, planner2), views, strict=True),
            )
        )
    assert sorted("3件を承認しました。" in said for said in both) == [False, True]
    assert any("3件はそのままです。" in said for said in both)
    waiting.settles()
    assert len(waiting.person("U0CHILD").inbox("2件が承認されました")) == 1


def test_many_take_pages_and_ticks_stay(office: Office, planner: Person) -> None:
    """Thirty a page; what is ticked on the first is approved from the second."""
    empty(office)
    ids = [i.id for i in office.bot.desk.plan.indicators][:45]
    give(office, "U0PLANNER2", *(proposed(i) for i in ids), together=True)
    first = planner.administers("承認").view
    chosen = names(first)[0]
    assert "次のページ" in labels_of(first)
    planner.presses(first, "次のページ", ticked(first, chosen))
    second = planner.form()
    assert not set(names(first)) & set(names(second))
    assert "ほかのページで選択中 1件" in words_of(second)
    said = words_of(planner.sends(second, ticked(second, names(second)[0])).view)
    assert "2件を承認しました。" in said
    assert office.submissions(chosen)[-1]["decided"] == "approve"
    assert office.refused_by_slack() == []
