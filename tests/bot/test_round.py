"""One whole round, as people go through it: submit, approve, ask, and the weekly digest."""

from __future__ import annotations

from pathlib import Path

from tests.bot.office import Office, open_office
from tests.bot.people import Person, labels_of

MONDAY = "2025-06-09T09:00:00+09:00"


def report(office: Office, value: str = "12人") -> None:
    """U0CHILD submits 1-1b in words and presses 提出."""
    child = office.person("U0CHILD")
    preview = child.submits(f"1-1b R6 {value} 県の公表値").message
    child.clicks("提出", preview)
    office.settles()


def digests(office: Office) -> list[str]:
    """The weekly digests in #総合戦略."""
    found = office.person("U0STAFF").reads("C0DIGEST", "週報")
    return [message["text"] for message in found]


def test_a_figure_goes_from_its_department_to_the_digest(
    office: Office, child: Person, child2: Person, planner: Person, planner2: Person, staff: Person
) -> None:
    """Submitted, asked for, approved, told, answered and summed up."""
    before = office.approved(2023)
    report(office)
    requests = [each.inbox("承認のお願い")[-1] for each in (planner, planner2)]
    assert [labels_of(request) for request in requests] == [
        ["承認", "差戻し", "値を直して承認へ"]
    ] * 2

    planner.approves(requests[0])
    office.settles()
    for each in (planner, planner2):
        (settled,) = each.inbox("承認済み")
        assert labels_of(settled) == []
        assert "企画担当A" in settled["text"]
    for each in (child, child2):
        (told,) = each.inbox("R6実績が承認されました")
        assert "12人" in told["text"]

    answer = staff.asks("1-1").text
    assert "12人 ← 29人（R2と推定） → 目標 0人／年　進捗 59%" in answer
    assert "▲ 向上　保育所（園）待機児童数" in answer
    assert "やや遅れ" in answer
    assert "承認済（こども課（サンプル）" in answer
    full = staff.asks("1-1b").text
    assert "17/29=進捗59%" in full
    assert "県の公表値" in full

    office.at(MONDAY)
    (digest,) = digests(office)
    assert "今週承認された値（1件）" in digest
    assert f"1-1b 保育所（園）待機児童数 {before}人 → 12人" in digest
    assert office.refused_by_slack() == []


def test_a_restart_and_a_clock_set_anyhow_double_nothing(tmp_path: Path) -> None:
    """The same data folder, opened again, knows what was approved, posted and only previewed."""
    with open_office(tmp_path) as office:
        report(office)
        planner = office.person("U0PLANNER")
        planner.approves(planner.inbox("承認のお願い")[-1])
        office.at(MONDAY)
        assert len(digests(office)) == 1
        before = everything_posted(office)
        preview = office.person("U0CHILD2").submits("1-1b R6 13人").message

    with open_office(tmp_path) as office:
        assert "12人" in office.person("U0STAFF").asks("1-1b").text
        for moment in (
            MONDAY,
            "2025-06-03T10:00:00+09:00",
            MONDAY,
            "2025-06-09T09:00:30+09:00",
            "2025-06-02T08:00:00+09:00",
            "2025-06-09T12:00:00+09:00",
        ):
            office.at(moment)
            assert len(digests(office)) == 1
        assert everything_posted(office) == before
        receipt = office.person("U0CHILD2").clicks("提出", preview).message
        assert "提出しました（確認中）" in receipt["text"]


def everything_posted(office: Office) -> list[str]:
    """The texts of all that stands in the channels and direct messages."""
    rooms = [c["id"] for c in office.hands.look("state")["channels"]]
    return sorted(
        m["text"]
        for room in rooms
        for m in office.hands.look(f"messages/{room}")["messages"]
        if not m.get("ephemeral_to")
    )
