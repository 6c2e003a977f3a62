"""「この言い方を覚える」: proposed under an answer, decided by planners, read so from then on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from store import departments
from store.acts import By
from store.db import writing
from tests.bot.forging import Forger
from tests.bot.office import Office, open_office
from tests.bot.people import Person, labels_of, words_of
from tests.bot.terminal import kpibot
from tests.sandbox.hands import Json, soon

TEACH = "この言い方を覚える"
LIKENED = "保育園に入れない子の数"
UNSURE = "シャッターが閉まった店の数"
SHUTTER = f"kitamoto-2|indicator|4-2d|{UNSURE}"
FOUND = "4-2d 中心市街地における空き店舗数"
ASKED = "言い方の提案"
SHUT_OUT = ("U0GUEST", "U0OUTSIDE", "U0GONE", "U0OTHERBOT", "U0NOBODY")


def picked(person: Person, words: str = UNSURE, label: str = FOUND) -> Json:
    """The answer that somebody picked for words that no name tells."""
    return person.clicks(label, person.asks(words).message).message


def proposed(office: Office, person: Person) -> str:
    """Somebody proposes the words for 4-2d; what they are told."""
    told = person.clicks(TEACH, picked(person)).text
    office.settles()
    return told


def requests(person: Person) -> list[Json]:
    """The requests about words in somebody's direct messages."""
    return person.inbox(ASKED)


def decisions(office: Office) -> list[tuple[str, str]]:
    """What was decided and by whom, oldest first."""
    found = office.rows("SELECT kind, actor FROM alias_decisions ORDER BY id")
    return [(row["kind"], row["actor"]) for row in found]


def only_planner(office: Office, user: str) -> None:
    """The planning section is one person from now on."""
    with writing(office.bot.desk.db) as db:
        by = By("shell:test", office.now, "test")
        departments.make_planner(db, by, user)
        for other in departments.planners(db):
            if other != user:
                departments.drop_planner(db, by, other)


def test_words_go_from_a_question_to_the_planners_and_are_read_so_from_then_on(
    office: Office, staff: Person, planner: Person, planner2: Person
) -> None:
    assert "この言い方を提案しました。" in proposed(office, staff)
    for each in (planner, planner2):
        (request,) = requests(each)
        assert labels_of(request) == ["覚える", "見送る"]
        for word in (f"「{UNSURE}」", "指標 4-2d", "提案 一般職員", "ほかに近い"):
            assert word in request["text"]
    assert TEACH not in labels_of(staff.asks(UNSURE).message)

    planner.clicks("覚える", requests(planner)[0])
    office.settles()
    for each in (planner, planner2, staff):
        told = requests(each)[-1]
        assert labels_of(told) == []
        assert "企画担当A が覚えました" in told["text"]
    assert len(requests(planner2)) == 1

    answer = staff.asks(f"お疲れ様です。{UNSURE}を教えてください").message
    assert answer["text"].startswith("中心市街地における空き店舗数")
    assert TEACH not in labels_of(answer)
    assert "今の計画" not in staff.asks("シャッターの閉まった店の数").text
    assert office.refused_by_slack() == []


def test_a_reading_by_likeness_offers_to_be_learnt_and_a_declined_one_is_read_as_before(
    office: Office, staff: Person, planner: Person
) -> None:
    said = f"「{LIKENED}」を「指標 1-1b 保育所（園）待機児童数」と読みました。"
    likened = staff.asks(LIKENED).message
    assert said in likened["text"]
    staff.clicks(TEACH, likened)
    office.settles()
    planner.clicks("見送る", requests(planner)[0])
    office.settles()
    assert "企画担当A が見送りました" in requests(staff)[-1]["text"]
    assert decisions(office) == [("decline", "U0PLANNER")]
    assert said in staff.asks(LIKENED).text


def test_a_restart_keeps_what_was_learnt_and_the_shell_knows_it(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        proposed(office, office.person("U0STAFF"))
        planner = office.person("U0PLANNER")
        planner.clicks("覚える", requests(planner)[0])
    with open_office(tmp_path) as office:
        office.settles()
        assert office.person("U0STAFF").asks(UNSURE).text.startswith("中心市街地における空き店舗数")
    done = kpibot("ask", UNSURE, "--json", data=tmp_path)
    assert json.loads(done.out)["ids"] == ["4-2d"]


def test_a_planner_takes_words_back_on_their_page(
    office: Office, staff: Person, planner: Person
) -> None:
    proposed(office, staff)
    page = "/kpi-admin 言い方"
    waiting = command(planner, page)
    assert "覚えたもの0件・確認待ち1件" in waiting["text"]
    planner.clicks("覚える", waiting)
    assert soon(lambda: planner.reads(waiting["channel"], "この言い方を覚えました。"))
    office.settles()
    assert "企画担当A が覚えました" in requests(planner)[0]["text"]

    learnt = command(planner, page)
    assert "覚えたもの1件・確認待ち0件" in learnt["text"]
    planner.clicks("取り消す", learnt)
    assert soon(lambda: planner.reads(learnt["channel"], "この言い方を取り消しました。"))
    assert "こちらでしょうか。" in staff.asks(UNSURE).text
    assert "さんが取り消しました" in planner.clicks("取り消す", learnt).text
    assert "まだありません。" in command(planner, page)["text"]
    assert decisions(office) == [("learn", "U0PLANNER"), ("forget", "U0PLANNER")]


def command(person: Person, text: str) -> Json:
    """What a command answers."""
    said: list[Json] = person.hands.command(person.id, "C0STAFF", text, wait=8)["messages"]
    return said[-1]


def presses_in_home(person: Person, blocks: Sequence[Json], label: str, office: Office) -> Json:
    """Press a button that stands in somebody's Home tab; the modal that opens."""
    view = {"type": "home", "blocks": [*blocks]}
    office.bot.desk.client.views_publish(user_id=person.id, view=view)
    home = person.hands.look(f"home/{person.id}")["view"]
    return person.opens(home, label)


def test_where_nothing_is_said_beside_a_modal_says_it(
    office: Office, staff: Person, planner: Person
) -> None:
    """What is picked is answered, without an offer for which there is no place."""
    asked = staff.asks(UNSURE).message
    answered = presses_in_home(staff, asked["blocks"], FOUND, office)
    assert "指標 4-2d" in words_of(answered) or "39軒" in words_of(answered)
    assert TEACH not in labels_of(answered)
    proposed(office, staff)
    page = command(planner, "/kpi-admin 言い方")
    done = presses_in_home(planner, page["blocks"], "覚える", office)
    assert "この言い方を覚えました。" in words_of(done)
    assert decisions(office) == [("learn", "U0PLANNER")]


def test_the_page_of_words_turns(office: Office, planner: Person) -> None:
    with writing(office.bot.desk.db) as db:
        for n in range(17):
            db.execute(
                """INSERT INTO aliases(plan, kind, subject, words, key, at, actor, surface)
                   VALUES ('kitamoto-2', 'indicator', '1-1b', ?1, ?1, '2025-06-03T10:00:00+09:00',
                           'U0STAFF', 'test')""",
                [f"言い方その{n}番目"],
            )
    first = command(planner, "/kpi-admin 言い方")
    assert "その14番目" in first["text"]
    assert "その15番目" not in first["text"]
    second = planner.clicks("次の2件", first).message
    assert "その16番目" in second["text"]
    assert "その14番目" not in second["text"]
    assert office.refused_by_slack() == []


def test_the_same_words_are_proposed_once(office: Office, staff: Person, child: Person) -> None:
    proposed(office, staff)
    before = office.business()
    assert "すでに提案されていて" in child.clicks(TEACH, picked(child)).text
    assert office.business() == before


def test_an_envelope_that_comes_twice_counts_once(
    office: Office, staff: Person, planner: Person
) -> None:
    answer = picked(staff)
    office.redelivered(lambda: staff.clicks(TEACH, answer))
    office.settles()
    assert len(requests(planner)) == 1
    request = requests(planner)[0]
    office.redelivered(lambda: planner.clicks("覚える", request))
    assert decisions(office) == [("learn", "U0PLANNER")]


def test_of_two_planners_the_second_hears_who_decided(
    office: Office, staff: Person, forger: Forger
) -> None:
    proposed(office, staff)
    forger.click("U0PLANNER", "learn_alias", "1")
    told = forger.click("U0PLANNER2", "decline_alias", "1").text
    assert "<@U0PLANNER> さんが覚えました" in told
    assert decisions(office) == [("learn", "U0PLANNER")]


def test_a_planner_needs_another_one(
    office: Office, forger: Forger, planner: Person, planner2: Person
) -> None:
    assert "この言い方を提案しました。" in proposed(office, planner)
    assert requests(planner) == []
    before = office.business()
    told = forger.click("U0PLANNER", "learn_alias", "1", twice=True).text
    assert "ご自身の提案は承認できません。ほかの企画担当が決めます。" in told
    assert office.business() == before
    assert office.denials() == [("U0PLANNER", "administer")]
    planner2.clicks("覚える", requests(planner2)[0])
    assert decisions(office) == [("learn", "U0PLANNER2")]


def test_the_only_planners_own_words_hold_at_once(office: Office, planner: Person) -> None:
    only_planner(office, "U0PLANNER")
    told = proposed(office, planner)
    assert "この言い方を覚えました。" in told
    assert "企画担当が1人のため" in told
    assert planner.asks(UNSURE).text.startswith("中心市街地における空き店舗数")
    reason = office.rows("SELECT reason FROM alias_decisions")[0]["reason"]
    assert "企画担当が1人のため" in reason


def test_with_nobody_left_to_decide_words_wait(office: Office, staff: Person) -> None:
    only_planner(office, "U0PLANNER")
    office.hands.do("user", user="U0PLANNER", deleted=True)
    assert "決まるまで待ちます。" in proposed(office, staff)


@pytest.mark.parametrize("user", SHUT_OUT)
def test_nobody_from_outside_teaches_anything(
    office: Office, forger: Forger, staff: Person, user: str
) -> None:
    proposed(office, staff)
    before = office.business()
    for act, action, value in (
        ("ask", "teach:indicator:4-2d", SHUTTER),
        ("ask", "pick:4-2d", f"4-2d\n{UNSURE}"),
        ("administer", "learn_alias", "1"),
        ("administer", "decline_alias", "1"),
        ("administer", "forget_alias:1", "1"),
    ):
        denied = office.denials()
        forger.click(user, action, value, twice=True)
        assert office.denials() == [*denied, (user, act)]
    assert office.business() == before


@pytest.mark.parametrize("user", ["U0STAFF", "U0CHILD"])
@pytest.mark.parametrize(
    "action",
    [
        "learn_alias",
        "decline_alias",
        "learn_alias:page:1",
        "decline_alias:page:1",
        "forget_alias:1",
    ],
)
def test_only_planners_decide(
    office: Office, forger: Forger, child: Person, user: str, action: str
) -> None:
    proposed(office, child)
    before = office.business()
    for value in ("1", "x", "999"):
        told = forger.click(user, action, value, twice=True).text
        assert "この操作は企画担当ができます。" in told
    assert office.denials() == [(user, "administer")] * 3
    assert office.business() == before


NOT_TAUGHT = {
    "1-1b": "すでに指標 1-1b",
    "待機児童": "すでに指標 1-1b",
    "出生数": "名前・言い方なので",
    "達成": "別の意味（一覧: 達成）",
    "未提出の指標": "別の意味",
    "こども課": "別の意味（担当課 こども課",
    "子育て支援の充実": "名前・言い方なので",
    "1-1": "名前・言い方なので",
    "目標3": "名前・言い方なので",
    "ヘルプ": "別の意味（使い方）",
    "R5 入れない子": "年度やページ",
    "H20の入れない子": "この計画の報告年度",
    "出生数の推移": "別の意味",
    "明日の天気": "言い方として覚えられません",
    "ありがとうございます": "言い方として覚えられません",
    "あ": "2文字以上40文字以内",
    "あ" * 41: "2文字以上40文字以内",
    "あ" * 1900: "2文字以上40文字以内",
    "": "2文字以上40文字以内",
    "123": "数字や記号だけ",
    "<@U0PLANNER> の数": "メンションや記号",
    "＜!channel＞": "メンションや記号",
    "*太字* の子": "メンションや記号",
    "入れない\u202e子": "メンションや記号",
    "https://example.com": "メンションや記号",
}


@pytest.mark.parametrize("words", NOT_TAUGHT)
def test_words_that_mean_something_already_or_nothing_are_refused_with_a_sentence(
    running_office: Office, words: str
) -> None:
    """Whatever a button carries, which nobody can be trusted to have pressed."""
    office = running_office
    before = office.business()
    told = Forger(office).click("U0STAFF", "teach:x", f"kitamoto-2|indicator|1-1b|{words}").text
    assert NOT_TAUGHT[words] in told
    assert "<!channel>" not in told
    assert "<@U0PLANNER>" not in told
    assert office.business() == before


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "kitamoto-1|indicator|1T1|入れない子の数",
        "kitamoto-2|indicator|9-9z|入れない子の数",
        "kitamoto-2|status|達成|入れない子の数",
        "kitamoto-2|goal|1-1b|入れない子の数",
        "' OR 1=1 --",
    ],
)
def test_a_button_for_what_the_plan_does_not_have_is_as_good_as_none(
    running_office: Office, value: str | None
) -> None:
    before = running_office.business()
    told = Forger(running_office).click("U0STAFF", "teach:x", value).text
    assert "今の計画にありません。" in told
    assert running_office.business() == before


@pytest.mark.parametrize("value", [None, "", "x", "-1", "9" * 30, "999"])
def test_a_decision_about_nothing_changes_nothing(office: Office, value: str | None) -> None:
    before = office.business()
    assert "見つかりません" in Forger(office).click("U0PLANNER", "learn_alias", value).text
    assert office.business() == before


def test_words_that_were_learnt_for_something_else_meanwhile_are_not_learnt_twice(
    office: Office, staff: Person, forger: Forger
) -> None:
    """Spelled otherwise, so that the second proposal came through."""
    proposed(office, staff)
    forger.click("U0STAFF", "teach:x", "kitamoto-2|indicator|1-1b|町なかのシャッター店")
    forger.click("U0PLANNER", "learn_alias", "1")
    with writing(office.bot.desk.db) as db:
        db.execute(
            """INSERT INTO aliases(plan, kind, subject, words, key, at, actor, surface)
               SELECT plan, kind, '1-1b', words, key, at, 'U0CHILD', surface FROM aliases
               WHERE id = 1"""
        )
    told = forger.click("U0PLANNER", "learn_alias", "3").text
    assert "名前・言い方なので、覚えられません。" in told
    assert decisions(office) == [("learn", "U0PLANNER")]


def test_the_request_names_what_else_the_words_are_near_to(
    office: Office, staff: Person, planner: Person
) -> None:
    answer = staff.asks("子育て支援").message
    label = "1-1a 市の子育て支援策が充実していると思う子育て世帯の割合"
    staff.clicks(TEACH, staff.clicks(label, answer).message)
    office.settles()
    (request,) = requests(planner)
    assert "ほかに近いもの: " in request["text"]
    assert "指標 1-1c" in request["text"]


def test_nothing_is_offered_for_a_question_that_is_not_answered(
    office: Office, staff: Person
) -> None:
    declined = staff.asks("来年の待機児童は何人になりますか").message
    label = "1-1b 保育所（園）待機児童数"
    assert TEACH not in labels_of(staff.clicks(label, declined).message)


def test_an_indicator_that_only_the_plan_before_has_is_told_as_finished(
    office: Office, staff: Person
) -> None:
    for words in ("合計特殊出生率", "2T1", "合計特殊出生率は？"):
        answer = staff.asks(words).message
        for said in ("第1期（第1期北本市総合戦略）の指標です。", "▲ 向上", "1.12（R1）"):
            assert said in answer["text"]
        assert labels_of(answer) == ["チャンネルに共有"]
    staff.clicks("チャンネルに共有", answer)
    office.settles()
    (posted,) = staff.reads("C0STAFF", "さんが共有しました")
    assert "1.12（R1）" in posted["text"]
    assert "第1期（" not in staff.asks("社会増減").text
    assert "第1期（" not in staff.asks("交通事故").text
    assert office.refused_by_slack() == []
