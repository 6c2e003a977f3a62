"""「グラフ」: the chart comes by DM with the trend in words, and shows nobody what they may not see."""

from __future__ import annotations

import pytest

from tests.bot.office import Office
from tests.bot.people import Person
from tests.sandbox.hands import soon


def test_a_chart_comes_by_dm_with_its_words(office: Office, staff: Person) -> None:
    staff.clicks("グラフ", staff.asks("1-1b").message)
    assert soon(lambda: staff.reads("C0STAFF", "のグラフを、kpibot との DM に送りました"))
    sent = staff.inbox("保育所（園）待機児童数の推移")
    assert len(sent) == 1
    assert [file["name"] for file in sent[0]["files"]] == ["1-1b.png"]
    assert office.refused_by_slack() == []


def test_a_value_that_waits_is_drawn_only_for_those_who_may_see_it(
    office: Office, child: Person, staff: Person
) -> None:
    child.clicks("提出", child.submits("1-1b R6 12人").message)
    office.settles()
    for person, shown in ((child, True), (staff, False)):
        person.clicks("グラフ", person.asks("1-1b").message)
        words = person.inbox("保育所（園）待機児童数の推移")[-1]["text"]
        assert ("12人" in words) is shown


@pytest.mark.parametrize("method", ["conversations.open", "files.completeUploadExternal"])
def test_a_chart_that_cannot_be_sent_is_said(office: Office, staff: Person, method: str) -> None:
    asked = staff.asks("1-1b").message
    office.hands.arm("error", method=method, error="internal_error")
    staff.clicks("グラフ", asked, wait=0)
    assert soon(lambda: any("送れませんでした" in m["text"] for m in staff.reads("C0STAFF")))
