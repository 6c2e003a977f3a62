"""The Home tab: for every role, with nothing to do and with as much as there can ever be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from answers.answer_view import answer_view
from answers.asked import Asked
from answers.content import Content
from answers.help_topics import TOPICS
from answers.home import NOTHING, home
from answers.home_proposals import Proposals
from answers.intention import Intention
from store import submissions
from store.cycle import DEFAULT_NOTE
from store.departments import Department
from store.locks import LockProposal
from store.publications import PublicationProposal
from store.revised import Changes, Revision
from tests.answers.city import LATER, NAMES, TODAY, City
from tests.answers.seen import buttons, in_blocks
from tests.answers.slack_limits import drawn, home_faults, view_faults


def home_of(
    city: City, user: str, late: bool = False, proposals: Proposals | None = None
) -> dict[str, Any]:
    today = LATER if late else TODAY
    asked = Asked(Intention("overview"), city.outlook(today=today), city.who(user, today), NAMES)
    waiting = submissions.waiting(city.db, city.plan.id)
    return home(asked, waiting, proposals=proposals)


def proposed(plan: str, count: int, actor: str = "U0PLANNER2") -> Proposals:
    """So many revisions, a lock and a publication, all of one planner."""
    at, day = "2025-06-02T10:00:00+09:00", date(2025, 5, 30)
    revision = Revision(
        1, plan, "1-1b", 2025, Changes(), Changes(), "理由*は*。" * 99, "会議", day, actor, at
    )
    return Proposals(
        (revision,) * count,
        (LockProposal(1, plan, 2023, "unlock", "2025-06-01T10:00:00+09:00", actor, "訂正のため"),),
        (PublicationProposal(1, plan, 2023, 1, at, actor),),
    )


def words(view: dict[str, Any]) -> str:
    return in_blocks(Content("", tuple(view["blocks"])))


def labels(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return buttons(Content("", tuple(view["blocks"])))


def test_staff_have_nothing_to_do_and_see_the_strategy(city: City) -> None:
    view = home_of(city, "U0STAFF")
    said = words(view)
    assert NOTHING in said
    assert f"R6実績 提出期限 6/12（木・あと8日・{DEFAULT_NOTE}）" in said
    assert all(goal.title in said for goal in city.plan.goals)
    assert {"全体", "未提出", "使い方"} <= labels(view).keys()
    assert home_faults(view) == []


def test_each_goal_at_a_glance_is_a_bar_with_its_words_and_a_button(city: City) -> None:
    view = home_of(city, "U0STAFF")
    assert len(drawn(words(view))) == len(city.plan.goals)
    assert "● 達成 1・▲ 向上 1・■ 未達成 2・… 未提出 6" in words(view)
    for goal in city.plan.goals:
        assert labels(view)[goal.label]["value"] == goal.label


def test_a_department_sees_what_to_mend_with_the_reason_and_then_what_to_give(city: City) -> None:
    view = home_of(city, "U0CHILD")
    said = words(view)
    assert said.index("修正するもの（差戻し） 1件") < said.index("提出するもの")
    assert "理由: 延べ人数か実人数かを確認してください" in said
    assert "提出期限 6/20" in said
    assert labels(view)["修正"]["action_id"] == "open_form:1-4c"
    assert labels(view)["実績を入力"]["action_id"].startswith("open_form:1-")
    assert labels(view)["すべて見る"]["value"] == "children"
    assert "承認するもの" not in said


def test_a_planner_sees_what_waits_for_approval_but_not_their_own(city: City) -> None:
    view = home_of(city, "U0PLANNER")
    assert "承認するもの 2件" in words(view)
    assert "*55.5%*" in words(view) or "55.5" in words(view)
    assert labels(view)["1-1d を見る"]["value"] == "1-1d R6"
    by = city.who("U0CHILD")
    everything = submissions.waiting(city.db, city.plan.id)
    assert {s.actor for s in everything} == {by.user}
    others = words(home_of(city, "U0CIVIC"))
    assert "55.5" not in others


def test_a_planner_sees_proposals_that_wait_for_their_word_but_not_their_own(city: City) -> None:
    view = home_of(city, "U0PLANNER", proposals=proposed(city.plan.id, 1))
    said = words(view)
    assert "確定を待つ提案 3件" in said
    assert said.index("締めの解除 R5実績") < said.index("見直し 1-1b") < said.index("公開 R5実績")
    assert "6/1提案　理由: 訂正のため" in said
    ways = [b["accessory"]["value"] for b in view["blocks"] if "内容を見る" in str(b)]
    assert ways == ["締め R5", "見直し", "公開 R5"]
    for user in ("U0PLANNER2", "U0CHILD", "U0STAFF"):
        mine = proposed(city.plan.id, 1)
        assert "確定を待つ提案" not in words(home_of(city, user, proposals=mine))


@pytest.mark.parametrize("late", [False, True])
def test_sixty_eight_to_give_and_sixty_eight_to_approve_are_within_the_limits(
    bare: City, late: bool
) -> None:
    """One person who leads everything and plans as well."""
    everything = tuple(bare.plan.by_id)
    assert len(everything) == 68
    bare.make_department(Department("all", "すべて担う課" * 10), "U0PLANNER", everything)
    view = home_of(bare, "U0PLANNER", late)
    assert "提出するもの 68件" in words(view)
    assert "ほか58件" in words(view)
    assert home_faults(view) == []
    for indicator in bare.plan.indicators:
        figures = dict.fromkeys(indicator.series_names, "123456789.123")
        bare.give(indicator.id, 2023, figures, source="出" * 200, note="備" * 900)
    view = home_of(bare, "U0PLANNER", late)
    assert "承認するもの 68件" in words(view)
    assert home_faults(view) == []
    for given in submissions.waiting(bare.db, bare.plan.id):
        year = bare.give(
            given.proposal.indicator,
            2024,
            "1"
            if None in given.proposal.values
            else {name or "": "1" for name in given.proposal.values},
        )
        bare.send_back(year, "理由。" * 900)
    view = home_of(bare, "U0PLANNER", late, proposed(bare.plan.id, 30))
    assert "修正するもの（差戻し） 68件" in words(view)
    assert "ほか27件" in words(view)
    assert home_faults(view) == []


def test_every_answer_fits_a_modal(city: City) -> None:
    """A table is read out there, with every figure of it."""
    pages = (f"ヘルプ {topic}" for topic in TOPICS.values())
    lists = ("未提出", "未提出 担当課別", "未提出 目標別", "目標に近い順", "こども課")
    for text in ("", "1-1", "目標3", *lists, "ヘルプ", *pages, "zzz", *city.plan.by_id):
        content = city.ask(text, "U0PLANNER")
        view = answer_view(content)
        assert view_faults(view) == [], text
        table = [b for b in content.blocks if b["type"] == "table"]
        said = words(view)
        for row in table[0]["rows"][1:] if table else ():
            assert row[0]["text"] in said
