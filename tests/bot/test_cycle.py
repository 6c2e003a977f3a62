"""年間サイクル and 予定 in Slack: dates that planners set, stages they close, what comes next."""

from __future__ import annotations

import pytest

from answers.planned import audience_said
from bot import closing
from store import news_channels
from store.db import writing
from store.locks import Change
from store.news_channels import NewsChannel
from tests.bot.forging import Forger
from tests.bot.giving import PLAN, by, who_is
from tests.bot.office import Office
from tests.bot.people import Person, labels_of, words_of
from tests.bot.terminal import kpibot
from tests.sandbox.hands import Json, soon


def picked(view: Json, **days: str | None) -> Json:
    """Days as picked in the pickers of a form, whatever its version."""
    version = view["private_metadata"].rpartition("|")[2]
    return {f"{stage}:{version}": {"picked": {"selected_date": day}} for stage, day in days.items()}


def why(text: str) -> Json:
    return {"why": {"typed": {"value": text}}}


def dates(person: Person, year: str = "R6") -> Json:
    page = person.administers(f"サイクル {year}").message
    found: Json = person.clicks("日付を変える", page).view
    return found


def settings(office: Office) -> list[tuple[str, str | None, str, str | None]]:
    found = office.rows("SELECT * FROM settings WHERE key LIKE 'cycle.%' ORDER BY id")
    return [(r["key"].rpartition(".")[2], r["value"], r["actor"], r["reason"]) for r in found]


def presses_stage(person: Person, label: str, stage: str, year: str = "R6") -> Json:
    """Press a stage's button on the page; the form that opens."""
    page = person.administers(f"サイクル {year}").message
    for block in page["blocks"]:
        button = block.get("accessory") or {}
        if button.get("value", "").endswith(f"|{stage}"):
            assert button["text"]["text"] == label
            person.hands.do(
                "interact",
                user=person.id,
                channel=page["channel"],
                message_ts=page["ts"],
                block_id=block["block_id"],
                action_id=button["action_id"],
                wait=8,
            )
            return person.form()
    raise AssertionError(f"no button for {stage}")


def test_the_page_tells_each_date_its_stage_and_what_it_lacks(
    office: Office, planner: Person
) -> None:
    """Defaults are marked; the next years can be turned to."""
    page = planner.administers("サイクル").message
    said = page["text"]
    assert "年間サイクル　R6実績" in said
    assert "提出期限　2025/6/12（木）※　あと9日（7営業日）" in said
    assert "当市の文書にない既定値" in said
    assert "いまの段階: 提出（6/12まで）・未提出" in said
    assert "提出: 進行中" in said
    assert "不足: 未提出" in said
    assert "こども課" in said
    assert "状態: まだ" in said
    assert {"R5", "R7", "日付を変える"} <= set(labels_of(page))
    assert "R5" not in labels_of(planner.clicks("R7", page).message)[:1]
    assert "年間サイクル　R7実績" in planner.administers("サイクル R7").text
    assert "報告年度ではありません" in planner.administers("サイクル R20").text
    assert office.refused_by_slack() == []


def test_a_date_is_set_with_its_reason_and_is_in_force_at_once(
    office: Office, planner: Person, staff: Person
) -> None:
    form = dates(planner)
    sent = planner.sends(form, {**picked(form, due="2025-06-20"), **why("議会日程のため")})
    assert sent.errors == {}
    assert settings(office) == [("due", "2025-06-20", "U0PLANNER", "議会日程のため")]
    assert "保存しました" in words_of(planner.form())
    said = planner.administers("サイクル").text
    assert "提出期限　2025/6/20（金）　あと17日" in said
    assert "6/3 企画担当Aが設定「議会日程のため」" in said
    assert "いまの段階: 提出（6/20まで）" in staff.asks("").text
    office.at("2025-06-05T10:00:00+09:00")  # 6/12 の7日前の朝も過ぎた
    office.at("2025-06-06T10:00:00+09:00")
    office.at("2025-06-13T10:00:00+09:00")
    reminded = office.rows("SELECT key FROM outbox WHERE key LIKE 'remind:%:U0CHILD'")
    assert [row["key"] for row in reminded] == [
        f"remind:2025-06-{day}:U0CHILD" for day in ("06", "13")
    ]  # 6/20 の14日前と7日前
    assert "6/20" in office.person("U0CHILD").inbox("R6実績")[-1]["text"]


def test_a_date_that_is_emptied_goes_back_to_the_default(office: Office, planner: Person) -> None:
    """The history keeps both."""
    form = dates(planner)
    planner.sends(form, picked(form, due="2025-06-20"))
    planner.closes(planner.form())
    form = dates(planner)
    planner.sends(form, picked(form, due=None))
    assert settings(office) == [
        ("due", "2025-06-20", "U0PLANNER", None),
        ("due", None, "U0PLANNER", None),
    ]
    assert "6/3 企画担当Aが既定値に戻した" in planner.administers("サイクル").text


@pytest.mark.parametrize(
    ("days", "field", "said"),
    [
        (
            {"due": "2025-05-09"},
            "due",
            "提出期限（2025/5/9）が照会開始（既定値 2025/5/12）より前です。",
        ),
        (
            {"due": "2025-06-30"},
            "approvals_closed",
            "承認締切（既定値 2025/6/26）が提出期限（2025/6/30）より前です。",
        ),
        ({"due": "2031-06-12"}, "due", "R6の日付は2024/4/1から2027/3/31まで"),
    ],
)
def test_dates_out_of_order_are_told_beside_their_field(
    office: Office, planner: Person, days: dict[str, str], field: str, said: str
) -> None:
    """And nothing is set."""
    form = dates(planner)
    errors = planner.sends(form, picked(form, **days)).errors
    assert list(errors) == [f"{field}:0"]
    assert said in errors[f"{field}:0"]
    assert settings(office) == []


def test_a_day_off_moves_with_a_word_unless_it_is_to_stay(office: Office, planner: Person) -> None:
    """A deadline to the working day before, a meeting to the one after."""
    form = dates(planner)
    days = picked(form, due="2025-06-14", executive_meeting="2025-08-09")
    planner.sends(form, days)
    told = words_of(planner.form())
    assert "2025/6/14（土・閉庁日）のため、前の開庁日 2025/6/13（金）にしました。" in told
    assert "次の開庁日 2025/8/12（火）にしました。" in told
    planner.closes(planner.form())
    form = dates(planner)
    keep: Json = {"keep": {"picked": {"selected_options": ["keep"]}}}
    planner.sends(form, {**picked(form, panel="2025-08-23"), **keep})
    assert "2025/8/23（土・閉庁日）のままにしました。" in words_of(planner.form())
    assert [(stage, day) for stage, day, *_ in settings(office)] == [
        ("due", "2025-06-13"),
        ("executive_meeting", "2025-08-12"),
        ("panel", "2025-08-23"),
    ]


def test_of_two_planners_at_once_the_second_looks_again(
    office: Office, planner: Person, planner2: Person
) -> None:
    """With the dates as they now are; then it is saved."""
    mine, theirs = dates(planner), dates(planner2)
    planner.sends(mine, picked(mine, due="2025-06-20"))
    planner2.sends(theirs, picked(theirs, panel="2025-09-01"))
    again = planner2.form()
    assert "企画担当Aさんが日付を変えたため、保存していません" in words_of(again)
    assert [stage for stage, *_ in settings(office)] == ["due"]
    planner2.sends(again, picked(again, panel="2025-09-01"))
    assert [(s, actor) for s, _, actor, _ in settings(office)] == [
        ("due", "U0PLANNER"),
        ("panel", "U0PLANNER2"),
    ]


def test_the_next_collection_is_set_ahead_and_touches_no_other(
    office: Office, planner: Person
) -> None:
    form = dates(planner, "R7")
    planner.sends(form, picked(form, due="2026-06-19"))
    assert "提出期限　2026/6/19（金）" in planner.administers("サイクル R7").text
    assert "提出期限　2025/6/12（木）※" in planner.administers("サイクル R6").text


def test_a_form_that_comes_twice_sets_a_date_once(office: Office, planner: Person) -> None:
    form = dates(planner)
    sent = {**picked(form, due="2025-06-20"), **why("議会日程")}
    office.redelivered(lambda: planner.sends(form, sent))
    assert len(settings(office)) == 1


def test_a_stage_is_closed_when_complete_and_else_for_a_reason_only(
    office: Office, planner: Person, staff: Person
) -> None:
    form = presses_stage(planner, "完了にする", "opens")
    assert "不足はありません" in words_of(form)
    planner.sends(form)
    planner.closes(planner.form())
    form = presses_stage(planner, "完了にする", "due")
    assert "不足: 未提出" in words_of(form)
    assert list(planner.sends(form, why("　")).errors) == ["why"]
    planner.sends(form, why("紙で受領済み"))
    assert "（6/3 企画担当A・不足のまま「紙で受領済み」）" in planner.administers("サイクル").text
    assert "いまの段階: 承認（6/26まで）" in staff.asks("").text
    planner.closes(planner.form())
    closings = office.rows("SELECT stage, overruled, reason FROM stage_closings ORDER BY id")
    assert [tuple(row.values()) for row in closings] == [
        ("opens", 0, None),
        ("due", 1, "紙で受領済み"),
    ]
    form = presses_stage(planner, "完了を取り消す", "due")
    planner.sends(form, why("取り違え"))
    assert "いまの段階: 提出（6/12まで）" in staff.asks("").text
    assert office.refused_by_slack() == []


def test_a_stage_that_was_closed_is_told_to_channels_once_in_a_sentence(
    office: Office, planner: Person
) -> None:
    """To those that hear of everything; taken back, it says so where it stands."""
    with writing(office.bot.desk.db) as db:
        for each in (NewsChannel("C0DIGEST"), NewsChannel("C0STAFF", (PLAN, "3"))):
            news_channels.put(db, by(office, "U0PLANNER"), each)
    form = presses_stage(planner, "完了にする", "opens")
    assert "1か所" in words_of(form)
    office.redelivered(lambda: planner.sends(form))
    planner.closes(planner.form())
    office.settles()
    (told,) = closings_told(office, "C0DIGEST")
    sentence = (
        "R6実績の「照会」の段階が完了し、次は「提出」（6/12まで、当市の文書にない既定値）です。"
    )
    assert told["text"] == sentence
    assert closings_told(office, "C0STAFF") == []
    planner.sends(presses_stage(planner, "完了を取り消す", "opens"), why("取り違え"))
    planner.closes(planner.form())
    office.settles()
    (told,) = closings_told(office, "C0DIGEST")
    assert "取り消され" in told["text"]
    planner.sends(presses_stage(planner, "完了にする", "opens"))
    office.settles()
    assert [m["text"] for m in closings_told(office, "C0DIGEST")] == [sentence]
    assert office.refused_by_slack() == []


def closings_told(office: Office, channel: str) -> list[Json]:
    found = office.hands.look(f"messages/{channel}")["messages"]
    return [m for m in found if "の段階" in m["text"]]


def test_what_came_to_lack_since_the_form_opened_is_told_first(
    office: Office, planner: Person
) -> None:
    """A meeting whose collection was unlocked meanwhile does not close as if nothing were."""
    db = office.bot.desk.db

    def turn(change: Change) -> None:
        with writing(db):
            one, two = (by(office, user, "訂正のため") for user in ("U0PLANNER", "U0PLANNER2"))
            made = closing.propose(db, one, who_is(office, "U0PLANNER"), PLAN, 2024, change)
            closing.settle(db, two, who_is(office, "U0PLANNER2"), made.id, agreed=True)

    turn("lock")
    office.at("2025-08-04T10:00:00+09:00")
    form = presses_stage(planner, "完了にする", "executive_meeting")
    assert "不足はありません" in words_of(form)
    turn("unlock")
    errors = planner.sends(form, why("開催済み")).errors
    assert "締めが済んでいない" in errors["why"]
    assert office.rows("SELECT * FROM stage_closings") == []


def test_home_tells_the_stage(office: Office, child: Person) -> None:
    office.hands.do("open-home", user=child.id)
    assert soon(lambda: office.hands.look(f"home/{child.id}")["view"] is not None)
    home = office.hands.look(f"home/{child.id}")["view"]
    assert "いまの段階: 提出（6/12まで）" in words_of(home)


def test_the_doctor_tells_the_stage(office: Office) -> None:
    found = kpibot("doctor", data=office.folder).out
    assert "✓ いまの段階: 提出（6/12まで）・未提出" in found


def test_what_comes_next_is_listed_by_kind_with_those_it_goes_to(
    office: Office, planner: Person
) -> None:
    """And is what then comes."""
    page = planner.administers("予定").message
    said = page["text"]
    assert "2025/6/5（木） 09:00　提出のお願い（こども課（サンプル））" in said
    assert "2025/6/9（月） 09:00　週報" in said
    assert "宛先: <#C0DIGEST>" in said
    assert "宛先: こども担当（担当者）・こども担当（課長）（2人）" in said
    office.at("2025-06-05T09:00:30+09:00")
    assert office.rows("SELECT * FROM outbox WHERE key LIKE 'remind:%2025-06-05:U0CHILD'")
    assert "2025/6/5" not in planner.administers("予定").text


def test_a_message_is_tried_on_oneself_and_still_comes(office: Office, planner: Person) -> None:
    """In one's own DM, marked, and never in the place of the real one."""
    page = planner.administers("予定").message
    button = next(
        (block, block["accessory"])
        for block in page["blocks"]
        if "digest" in block.get("accessory", {}).get("value", "")
        and block["accessory"]["text"]["text"] == "自分に試す"
    )
    planner.hands.do(
        "interact",
        user=planner.id,
        channel=page["channel"],
        message_ts=page["ts"],
        block_id=button[0]["block_id"],
        action_id=button[1]["action_id"],
        wait=8,
    )
    office.settles()
    (tried,) = planner.inbox("【試し】週報")
    assert "2025/6/9（月） 09:00に送る予定の内容です。" in tried["text"]
    assert office.person("U0STAFF").reads("C0DIGEST", "週報") == []
    office.at("2025-06-09T09:00:30+09:00")
    assert len(office.person("U0STAFF").reads("C0DIGEST", "週報")) == 1
    assert office.refused_by_slack() == []


def test_a_stage_ahead_is_listed_and_tried_though_it_shares_its_message(
    office: Office, planner: Person
) -> None:
    """Under its own kind; the trial says what planners would read on its day."""
    page = planner.administers("予定").message
    listed = page["text"].partition("年間サイクルのお知らせ　")[2]
    assert "2025/6/12（木） 09:00　年間サイクルのお知らせ（提出期限）" in listed
    button = next(
        b for b in page["blocks"] if "年間サイクルのお知らせ（提出期限）" in str(b.get("text"))
    )
    planner.hands.do(
        "interact",
        user=planner.id,
        channel=page["channel"],
        message_ts=page["ts"],
        block_id=button["block_id"],
        action_id=button["accessory"]["action_id"],
        wait=8,
    )
    office.settles()
    (tried,) = planner.inbox("【試し】年間サイクルのお知らせ（提出期限）")
    assert "R6実績: 提出期限（本日※）" in tried["text"]
    assert office.refused_by_slack() == []


def test_a_kind_is_stopped_and_resumed_on_the_page(office: Office, planner: Person) -> None:
    """What fell due meanwhile is not made up for."""
    page = planner.administers("予定").message
    block = next(
        b
        for b in page["blocks"]
        if b.get("accessory", {}).get("action_id") == "speech:pause:digest"
    )
    press = {"user": planner.id, "channel": page["channel"], "message_ts": page["ts"], "wait": 8}
    planner.hands.do(
        "interact", **press, block_id=block["block_id"], action_id="speech:pause:digest"
    )
    stopped = planner.administers("予定").message
    assert "週報　停止中です" in stopped["text"]
    (row,) = office.rows("SELECT * FROM settings WHERE key = 'speech.paused.digest'")
    assert (row["value"], row["actor"]) == ("1", "U0PLANNER")
    office.at("2025-06-09T09:00:30+09:00")
    assert office.person("U0STAFF").reads("C0DIGEST", "週報") == []
    planner.clicks("再開", stopped)
    assert "停止中" not in planner.administers("予定").text
    office.at("2025-06-16T09:00:30+09:00")
    assert len(office.person("U0STAFF").reads("C0DIGEST", "週報")) == 1


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("cycle:edit", f"{PLAN}|2024"),
        ("stage:close:due", f"{PLAN}|2024|due"),
        ("speech:try:x", "digest:2025-W24:C0DIGEST"),
        ("speech:pause:digest", "digest"),
    ],
)
def test_only_planners_do_any_of_it(
    office: Office, forger: Forger, action: str, value: str
) -> None:
    """Whatever button somebody has in hand."""
    before = office.business()
    assert "企画担当" in forger.click("U0STAFF", action, value).text
    assert office.business() == before
    assert ("U0STAFF", "administer") in office.denials()


@pytest.mark.parametrize(
    ("audiences", "said"),
    [
        (("C0DIGEST",), "<#C0DIGEST>"),
        (("C0WELFARE", "U1"), "福祉課のチャンネル、甲 &amp; 乙（1人）"),
        (("U1", "U2", "U3", "U4", "U5"), "甲 &amp; 乙・U2・U3・U4 ほか1人（5人）"),
        (("C<!here>",), "C&lt;!here&gt;"),
    ],
)
def test_those_a_message_goes_to_are_named_and_counted(
    audiences: tuple[str, ...], said: str
) -> None:
    """Whatever somebody is called, it calls nobody."""
    names = {"C0WELFARE": "福祉課のチャンネル", "U1": "甲 & 乙"}
    assert audience_said(audiences, names) == said


def test_the_next_digest_is_said_now_and_not_again_on_its_day(
    office: Office, planner: Person
) -> None:
    page = planner.administers("予定").message
    planner.hears("1通を送ります", lambda: planner.clicks("次の1回を今すぐ送る", page))
    office.settles()
    (row,) = office.rows("SELECT * FROM outbox WHERE key LIKE 'digest:%'")
    assert (row["key"], row["state"]) == ("digest:2025-W24:C0DIGEST", "sent")
    office.at("2025-06-09T09:00:30+09:00")
    assert len(office.rows("SELECT * FROM outbox WHERE key LIKE 'digest:%:C0DIGEST'")) == 1
    assert office.rows("SELECT actor FROM audit WHERE subject LIKE 'now:digest:%'") == [
        {"actor": "U0PLANNER"}
    ]


def test_nothing_is_said_now_at_night_or_by_others(office: Office, planner: Person) -> None:
    forger, key = Forger(office), "digest:2025-W24:C0DIGEST"
    forger.click("U0CHILD", "speech:now:digest", key)
    assert office.denials()[-1] == ("U0CHILD", "administer")
    assert "なくなりました" in forger.click("U0PLANNER", "speech:now:digest", "digest:x").text
    office.at("2025-06-03T22:30:00+09:00")
    assert "夜間と閉庁日" in forger.click("U0PLANNER", "speech:now:digest", key).text
    assert office.rows("SELECT * FROM outbox WHERE key LIKE 'digest:%'") == []
