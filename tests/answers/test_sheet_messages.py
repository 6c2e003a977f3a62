"""What people see around a sheet: the preview in pages, its buttons, receipts; within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from syrupy.assertion import SnapshotAssertion

from answers import sheet_messages
from answers.content import Content
from answers.sheet_preview import MOST_ROWS, SheetPreview, sheet_preview
from answers.sheet_rows import Judged, RowState
from store.departments import Department
from store.submissions import Proposal
from tests.answers.city import City
from tests.answers.seen import buttons, in_blocks, seen
from tests.answers.sheets import issue
from tests.answers.slack_limits import message_faults, unsaid

PROPOSAL = Proposal("p", "1-1b", 2024, values={None: Decimal(12)}, period="FY2024")
LONG = "漢" * 200


def judged(state: RowState, number: int = 1, why: str = "") -> Judged:
    """A row in a state, with the longest name that a plan may reasonably have."""
    made = PROPOSAL if state in {RowState.NEW, RowState.CHANGED, RowState.ODD} else None
    return Judged(state, f"1-{number}a", LONG, "12人", (why,) if why else (), "J12", made)


def preview_of(*rows: Judged, notes: tuple[str, ...] = ()) -> SheetPreview:
    return SheetPreview("R6実績　こども課", rows, notes)


def test_the_preview_of_a_department(city: City, snapshot: SnapshotAssertion) -> None:
    """Every state, with counts on top."""
    desk = issue(city)
    filled = desk.filled({"1-1a": 60.5, "1-1b": 13, "1-1c": 250, "1-2a": "=1+1", "1-5a": "75人"})
    assert seen(sheet_preview(desk.preview(filled, ["この様式は第1版です。"]), "DRAFT")) == snapshot


@pytest.mark.parametrize("count", [1, 20, 21, 68, 200])
@pytest.mark.parametrize("state", RowState)
def test_every_page_stays_within_slacks_limits(state: RowState, count: int) -> None:
    """However many rows, and however long their names and reasons."""
    why = (
        "「" + "長" * 150 + "」は読み取れません。"
        if state in {RowState.WRONG, RowState.ODD}
        else ""
    )
    preview = preview_of(*(judged(state, n, why) for n in range(count)), notes=("あ" * 300,))
    for page in range(1, preview.pages + 1):
        content = sheet_preview(preview, "D" * 16, page)
        assert message_faults(content.message) == []
        assert unsaid(content) == []


def test_every_row_stands_on_one_page(city: City) -> None:
    """Those to be mended first; what does not change is one line on the last."""
    states = [RowState.NEW] * 30 + [RowState.WRONG] * 5 + [RowState.UNCHANGED] * 3
    rows = [replace(judged(s, n), name=f"指標{n}番") for n, s in enumerate(states)]
    preview = preview_of(*rows)
    pages = [sheet_preview(preview, "D", page).plain for page in range(1, preview.pages + 1)]
    assert len(pages) == -(-35 // MOST_ROWS)
    for n in range(35):
        assert sum(f"指標{n}番" in page for page in pages) == 1
    assert "指標30番" in pages[0]
    assert "変更なし（提出しません）: 1-35a 1-36a 1-37a" in pages[-1]
    assert "変更なし（提出しません）" not in pages[0]


def labels(content: Content) -> list[str]:
    return list(buttons(content))


def test_the_buttons_say_how_many_they_submit() -> None:
    """The good ones; those asked about only by a button of their own, which asks once more."""
    rows = [
        judged(RowState.NEW),
        judged(RowState.CHANGED),
        judged(RowState.ODD),
        judged(RowState.WRONG),
    ]
    shown = buttons(sheet_preview(preview_of(*rows), "DRAFT"))
    assert list(shown) == ["2件を提出", "要確認も含めて3件を提出", "取消"]
    assert {button["value"] for button in shown.values()} == {"DRAFT"}
    assert "1-1a" in shown["要確認も含めて3件を提出"]["confirm"]["text"]["text"]


@pytest.mark.parametrize("state", [RowState.WRONG, RowState.UNCHANGED, RowState.BLANK])
def test_nothing_to_submit_has_no_button(state: RowState) -> None:
    """And says so."""
    content = sheet_preview(preview_of(judged(state)), "DRAFT")
    assert labels(content) == []
    assert "提出すると" not in content.plain


def test_pages_are_turned_where_there_are_any() -> None:
    """To the one before and the one after."""
    preview = preview_of(*(judged(RowState.NEW, n) for n in range(50)))
    turning = [label for label in labels(sheet_preview(preview, "D", 2)) if "ページ" in label]
    assert turning == ["前のページ（1/3）", "次のページ（3/3）"]
    assert sheet_preview(preview, "D", 99) == sheet_preview(preview, "D", 3)


def test_what_somebody_typed_calls_nobody(city: City) -> None:
    """Neither as an error given back nor as the name of a file."""
    hostile = "<!channel> <@U0PLANNER> *x* `<@U0PLANNER>`"
    wrong = replace(judged(RowState.WRONG), why=(f"「{hostile}」は読み取れません。",))
    assert "<!channel>" not in sheet_messages.comes_with(issue(city).issued, hostile)
    for content in (
        sheet_preview(preview_of(wrong), "D"),
        sheet_messages.about_file(hostile, "読み取れません。"),
    ):
        for text in (content.text, in_blocks(content)):
            assert "<!channel>" not in text
            assert "<@U0PLANNER>" not in text


def test_a_receipt_tells_of_every_row(city: City, snapshot: SnapshotAssertion) -> None:
    """What was submitted, what lapsed and why, what was left out."""
    done = [replace(judged(RowState.NEW), name="待機児童数")]
    lapsed = [
        replace(judged(RowState.CHANGED, 2), name="予算", why=("<@U0CHILD2> さんが提出しました。",))
    ]
    made = [city.give("1-1b", 2024, "13")]
    content = sheet_messages.receipt(preview_of(*done), done, lapsed, 2, made)
    assert seen(content) == snapshot
    nothing = sheet_messages.receipt(preview_of(), [], lapsed, 0)
    assert "提出した行はありません" in nothing.plain


def test_a_long_receipt_stays_within_slacks_limits() -> None:
    """A whole plan at once."""
    rows = [judged(RowState.NEW, n, "だめです。") for n in range(100)]
    content = sheet_messages.receipt(preview_of(*rows), rows, rows, 3)
    assert message_faults(content.message) == []


def test_the_messages_around_a_sheet(city: City, snapshot: SnapshotAssertion) -> None:
    """On its way, beside the file, a choice of departments, taken back."""
    issued = issue(city).issued
    choice = sheet_messages.which_department(
        [Department("a", "あ課"), Department("b", "い課")], 2024
    )
    said = [
        seen(sheet_messages.on_its_way(issued, "こども課（サンプル）")),
        sheet_messages.comes_with(issued, "こども課（サンプル）"),
        sheet_messages.file_name(issued, "../こども課（サンプル）<x>"),
        seen(choice),
        seen(sheet_messages.dropped(preview_of().title)),
        seen(sheet_messages.not_sent("様式を送れませんでした。")),
    ]
    assert "\n\n".join(said) == snapshot
