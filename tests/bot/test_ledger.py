"""履歴 in Slack and in the shell: page by page, as far as one may see, and as a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from bot.shell.context import DATABASE
from tests.bot.forging import Forger
from tests.bot.office import Office
from tests.bot.people import Person, is_a_sentence, words_of
from tests.bot.terminal import kpibot
from tests.sandbox.hands import Json, soon


def ledger(person: Person, indicator: str = "1-1b") -> Json:
    found: Json = person.clicks("履歴", person.asks(indicator).message).view
    return found


def test_a_round_is_told_with_who_when_and_from_where(
    office: Office, child: Person, planner: Person, staff: Person
) -> None:
    """What waits is told to its department and planners; once approved to everybody."""
    child.clicks("提出", child.submits("1-1b R6 12人 県の公表値").message)
    office.settles()
    assert "*提出* R6実績 12人" in flat(ledger(child))
    hidden = flat(ledger(staff))
    assert "*提出* R6実績（値は承認後に表示）" in hidden
    assert "12人" not in hidden
    planner.approves(planner.inbox("承認のお願い")[-1])
    said = flat(ledger(staff))
    assert "*承認* R6実績 12人 6/3 10:00 企画担当A（ボタン）" in said
    assert "*提出* R6実績 12人 6/3 10:00 こども担当（課長）（コマンド） 出典: 県の公表値" in said


def flat(view: Json) -> str:
    return " ".join(words_of(view).split())


def test_pages_follow_each_other_in_the_modal(office: Office, child: Person) -> None:
    """Older and back again, every event once."""
    for value in range(12, 30):
        child.clicks("提出", child.submits(f"1-1b R6 {value}人").message)
    first = ledger(child)
    assert "（1/3ページ、新しい順）" in words_of(first)
    second = turned(child, first, "ledger:1-1b:2")
    assert "（2/3ページ、新しい順）" in words_of(second)
    back = turned(child, second, "ledger:1-1b:1")
    assert words_of(back) == words_of(first)
    assert office.refused_by_slack() == []


def turned(person: Person, view: Json, action: str) -> Json:
    person.hands.do("interact", user=person.id, view_id=view["id"], action_id=action)
    assert soon(lambda: words_of(person.form()) != words_of(view))
    return person.form()


@pytest.mark.parametrize("value", [None, "", "kitamoto-2|1-1b", "kitamoto-2|9-9z|1", "x|1-1b|1"])
def test_a_forged_button_shows_nothing(office: Office, forger: Forger, value: str | None) -> None:
    is_a_sentence(forger.click("U0STAFF", "ledger:1-1b:1", value).text)


def test_people_from_outside_see_no_history(office: Office, forger: Forger) -> None:
    told = forger.click("U0GUEST", "ledger:1-1b:1", "kitamoto-2|1-1b|1").text
    assert "ゲストの方は利用できません。" in told
    assert office.denials() == [("U0GUEST", "ask")]


def test_planners_narrow_the_history_down(office: Office, child: Person, planner: Person) -> None:
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    page = planner.administers("履歴 こども課 今日 提出")
    assert "絞り込み: こども課（サンプル）・今日・提出\n1件（新しい順）" in page.text
    assert "提出 1-1b 保育所（園）待機児童数　R6実績 12人" in page.text
    assert "1件" in planner.administers("履歴 こども担当（課長） 今日").text
    assert "記録はありません。" in planner.administers("履歴 今日 差戻し").text
    assert "読み取れなかった言葉: なにか" in planner.administers("履歴 なにか").text
    wider = planner.clicks("すべての操作", page.message).text
    assert "絞り込み: こども課（サンプル）・今日\n" in wider
    assert office.refused_by_slack() == []


def test_the_file_goes_to_the_planners_own_messages_once(
    office: Office, child: Person, planner: Person
) -> None:
    """Whatever was looked for, however often the click comes; that it was taken stands in the audit."""
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    page = planner.administers("履歴 1-1b 今日").message
    office.redelivered(lambda: planner.clicks("CSVで受け取る", page))
    assert soon(lambda: "DM に送りました。" in texts(planner))
    (file,) = [f for m in planner.inbox() for f in m.get("files") or ()]
    assert file["name"] == "history-kitamoto-2-20250603-1000.csv"
    exports = office.rows("SELECT actor, subject FROM audit WHERE act = 'export'")
    assert exports == [{"actor": "U0PLANNER", "subject": "ledger:1-1b 今日"}]


def texts(person: Person) -> str:
    return "\n".join(message["text"] for message in person.inbox())


def test_only_planners_get_the_file(office: Office, forger: Forger) -> None:
    told = forger.click("U0CHILD", "ledger_csv", "", twice=True).text
    assert "この操作は企画担当ができます。" in told
    assert office.denials() == [("U0CHILD", "administer")]
    assert office.rows("SELECT * FROM audit WHERE act = 'export'") == []


def test_the_shell_writes_the_same_file(tmp_path: Path, office: Office, child: Person) -> None:
    child.clicks("提出", child.submits("1-1b R6 12人 =1+1").message)
    out = tmp_path / "history.csv"
    data = ("--data", str(office.folder))
    assert (office.folder / DATABASE).exists()
    done = kpibot(*data, "export", "history", "1-1b", "今日", "提出", "--out", str(out))
    assert (done.code, done.out) == (0, f"{out}: 履歴1件を書き出しました。\n")
    (_, row) = csv.reader(io.StringIO(out.read_text("utf-8-sig")))
    assert row[1:6] == ["提出", "1-1b", "保育所（園）待機児童数", "R6", "R6実績 12人"]
    wrong = kpibot(*data, "export", "history", "なにか", "--out", str(out))
    assert (wrong.code, wrong.err) == (1, "「なにか」は絞り込みの言葉として読めません。\n")
