"""What people see on the way from typing a figure to its approval, and how filled forms are read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from answers.approval import approval_request, decided, outcome
from answers.batches import Seen
from answers.content import Content
from answers.form_fields import SAME_YEAR
from answers.forms import (
    FormInput,
    indicator_options,
    read_form,
    submit_form,
    value_block,
)
from answers.preview import dropped, preview, preview_view, receipt, receipt_view, refusal
from answers.proposed import if_approved
from answers.returning import TEMPLATES, read_return_form, return_form
from store.oddities import oddities
from store.submissions import Proposal, Submission
from tests.answers.city import NAMES, City
from tests.answers.seen import buttons, form, seen
from tests.answers.slack_limits import message_faults, options_faults, view_faults

TWO_SERIES = {"児童": Decimal("55.0"), "生徒": Decimal("31.0")}


def proposed(city: City, indicator: str, year: int = 2024, **more: Any) -> Proposal:
    return Proposal(city.plan.id, indicator, year, period=f"FY{year}", **more)


def previewed(city: City, proposal: Proposal) -> Content:
    standing = city.standing(proposal.indicator, proposal.collection)
    verdict = if_approved(city.plan, standing, proposal)
    return preview(city.plan, standing, proposal, verdict, "draft-1")


def told(city: City, maker: Any, given: Submission) -> Content:
    seen_now = city.outlook(given.proposal.collection)
    content = maker(seen_now, seen_now.standings[given.proposal.indicator], given, NAMES)
    assert isinstance(content, Content)
    return content


def filled_in(view: dict[str, Any], **typed: str) -> dict[str, Any]:
    """The view as Slack sends it back: initial values, and what was typed over them."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            state = {
                "value": typed.get(block["block_id"], element.get("initial_value")),
                "selected_option": element.get("initial_option"),
                "selected_options": element.get("initial_options", []),
                "selected_date": typed.get(block["block_id"]),
            }
            values[block["block_id"]] = {element["action_id"]: state}
    return {**view, "state": {"values": values}}


def test_the_preview_echoes_the_reading_and_judges_it(
    city: City, snapshot: SnapshotAssertion
) -> None:
    proposal = proposed(
        city,
        "1-1b",
        values={None: Decimal(9)},
        source="県の公表値",
        note="速報",
        typed="/kpi-submit 1-1b R6 9人 県の公表値",
    )
    content = previewed(city, proposal)
    assert seen(content) == snapshot
    assert buttons(content)["提出"]["style"] == "primary"
    assert {b["value"] for b in buttons(content).values()} == {"draft-1"}


def test_an_odd_value_asks_before_it_is_submitted(city: City, snapshot: SnapshotAssertion) -> None:
    values: dict[str | None, Decimal] = {None: Decimal(250)}
    odd = oddities(values, city.indicator("1-2b"), {None: Decimal("79.1")})
    content = previewed(city, proposed(city, "1-2b", values=values, oddities=odd))
    assert seen(content) == snapshot
    assert buttons(content)["確認して提出"]["style"] == "danger"
    assert "このまま提出しますか" in content.plain


def test_each_series_has_its_own_change(city: City, snapshot: SnapshotAssertion) -> None:
    assert seen(previewed(city, proposed(city, "1-4b", values=TWO_SERIES))) == snapshot


def test_a_statistic_that_is_not_out_is_previewed_without_a_verdict(
    city: City, snapshot: SnapshotAssertion
) -> None:
    waiting = Proposal(city.plan.id, "1-2b", 2024, "awaiting", month=11)
    assert seen(previewed(city, waiting)) == snapshot


def test_a_figure_without_baseline_has_no_previous_value(city: City) -> None:
    text = previewed(city, proposed(city, "1-1a", values={None: Decimal("61.2")})).plain
    assert "前回の値・現状値なし" in text
    assert "判定なし（比較対象なし）" in text


def test_the_receipt_says_that_it_waits_for_approval(
    city: City, snapshot: SnapshotAssertion
) -> None:
    given = city.give("1-5a", 2024, "-1.0")
    content = receipt(city.outlook(2024), city.standing("1-5a", 2024), given)
    assert seen(content) == snapshot
    assert view_faults(receipt_view(content)) == []


def test_a_dropped_draft_and_a_refusal_give_back_what_was_typed(
    snapshot: SnapshotAssertion,
) -> None:
    kept = Proposal("kitamoto-2", "1-1b", 2024, typed="/kpi-submit 1-1b R6 12人")
    sentence = "「75人」の単位が指標の単位（%）と違います。例: `75%` または `75`"
    assert seen(dropped(kept)) == snapshot(name="dropped")
    assert seen(refusal(sentence, "/kpi-submit 6-3d R6 75人")) == snapshot(name="refused")


def test_a_refusal_may_name_somebody_but_nobody_can_be_called_by_typing() -> None:
    stale = refusal("この提出は承認済みです（<@U0PLANNER>、6/5）。変更はありません。")
    assert "<@U0PLANNER>" in stale.text
    typed = refusal("「<@U0PLANNER>」という指標は見つかりません。", "<@U0PLANNER> R6")
    assert "<@" not in str(typed.message)


def test_planners_are_asked_with_all_that_they_decide_by(
    city: City, snapshot: SnapshotAssertion
) -> None:
    given = city.give(
        "1-1b",
        2024,
        "9",
        "2025-04-01",
        source="市の集計",
        note="再集計",
        oddities=("「9人」は小さい値です。",),
    )
    content = told(city, approval_request, given)
    assert seen(content) == snapshot
    assert {label: b["value"] for label, b in buttons(content).items()} == {
        "承認": str(given.id),
        "差戻し": str(given.id),
        "値を直して承認へ": str(given.id),
    }


def test_a_settled_request_says_by_whom_and_has_no_buttons(
    city: City, snapshot: SnapshotAssertion
) -> None:
    approved = told(city, decided, city.accept("1-5a", 2024, "0.5"))
    returned = city.send_back(city.give("1-5b", 2024, "1.0"), "出典を書いてください")
    assert seen(approved) == snapshot(name="approved")
    assert seen(told(city, decided, returned)) == snapshot(name="returned")
    assert buttons(approved) == {}


def test_the_department_hears_what_became_of_its_figure(
    city: City, snapshot: SnapshotAssertion
) -> None:
    approved = told(city, outcome, city.accept("1-5a", 2024, "0.5"))
    back = city.send_back(city.give("1-5b", 2024, "1.0"), "出典を書いてください", "2025-06-20")
    returned = told(city, outcome, back)
    assert seen(approved) == snapshot(name="approved")
    assert seen(returned) == snapshot(name="returned")
    assert buttons(returned)["修正"]["value"] == "kitamoto-2|1-5b|2024"
    assert buttons(approved) == {}


def test_an_approved_figure_is_not_its_own_previous_value(city: City) -> None:
    first = city.accept("1-5a", 2023, "-2.0")
    second = city.accept("1-5a", 2024, "-1.0")
    assert "前回 △2.0ポイント（R5報告）・差 ＋1.0ポイント" in told(city, outcome, second).plain
    assert "前回の値なし・現状値 △2.4ポイント" in told(city, outcome, first).plain
    correction = city.give("1-5a", 2024, "-1.5")
    text = told(city, approval_request, correction).plain
    assert "前回 △1.0ポイント（R6承認済の値）・差 △0.5ポイント" in text


def test_an_empty_form_asks_for_the_indicator_first(
    city: City, snapshot: SnapshotAssertion
) -> None:
    view = submit_form(city.plan, None, 2024, [2024, 2023, 2022])
    assert form(view) == snapshot
    assert view_faults(view) == []


@pytest.mark.parametrize("indicator", ["1-1b", "1-4b", "3-3a", "1-1a"])
def test_the_form_follows_its_indicator(
    city: City, indicator: str, snapshot: SnapshotAssertion
) -> None:
    view = submit_form(city.plan, city.standing(indicator), 2024, [2024, 2023], metadata="m")
    assert form(view) == snapshot
    assert view_faults(view) == []
    assert view["private_metadata"] == "m"
    assert view["blocks"][0]["dispatch_action"] is True


def test_every_series_has_a_field_that_errors_can_find(city: City) -> None:
    view = submit_form(city.plan, city.standing("1-4b"), 2024, [2024])
    ids = [b["block_id"] for b in view["blocks"] if b["type"] == "input"]
    assert ids[2:4] == [value_block("児童"), value_block("生徒")]
    assert value_block(None) == "value:"


def test_what_a_form_was_filled_with_is_read_back(city: City) -> None:
    given = FormInput(
        indicator="1-4b",
        collection=2023,
        values={"児童": "55.0%", "生徒": "31%"},
        period="R5.4.1",
        source="市の調査",
        note="速報\n二行目",
        awaiting=True,
        month=10,
        no_survey=True,
    )
    view = submit_form(city.plan, city.standing("1-4b", 2023), 2023, [2024, 2023], given)
    assert read_form(filled_in(view)) == given


def test_an_empty_field_is_none_and_blanks_are_nothing(city: City) -> None:
    view = submit_form(city.plan, None, None, [2024])
    typed = {"value:": " 12人　", "source": "　"}
    assert read_form(filled_in(view, **typed)) == FormInput(
        values={None: "12人"}, of_year=SAME_YEAR
    )


def test_a_very_long_draft_still_fits_its_fields(city: City) -> None:
    given = FormInput("1-1b", 2024, {None: "1" * 4000}, "R" * 4000, "出" * 4000, "備" * 4000)
    assert view_faults(submit_form(city.plan, city.standing("1-1b"), 2024, [2024], given)) == []


def test_the_menu_offers_what_fits_the_letters_and_may_be_submitted(city: City) -> None:
    mine = [i for i in city.plan.indicators if i.id.startswith("1-")]

    def offered(typed: str) -> list[str]:
        return [option["value"] for option in indicator_options(mine, typed)]

    assert offered("") == [i.id for i in mine]
    assert offered("１－４") == ["1-4a", "1-4b", "1-4c"]
    assert offered("待機児童") == ["1-1b"]
    assert offered("妊婦健診") == ["1-2a"]
    assert offered("特定空家") == []


def test_the_menu_stays_within_what_slack_takes(city: City) -> None:
    long = city.indicator("1-1b").model_copy(update={"name": "長" * 300})
    many = [long.model_copy(update={"id": f"9-{n}"}) for n in range(300)]
    options = indicator_options(many, "")
    assert len(options) == 100
    assert list(options_faults(options)) == []


def test_the_preview_over_the_form_submits_by_its_own_button(
    city: City, snapshot: SnapshotAssertion
) -> None:
    proposal = proposed(city, "1-1b", values={None: Decimal(9)})
    standing = city.standing("1-1b")
    verdict = if_approved(city.plan, standing, proposal)
    view = preview_view(city.plan, standing, proposal, verdict, "draft-1")
    assert form(view) == snapshot
    assert view_faults(view) == []
    assert view["private_metadata"] == "draft-1"


def test_a_return_needs_a_reason_and_may_set_a_new_due_date(
    city: City, snapshot: SnapshotAssertion
) -> None:
    given = city.give("1-5a", 2024, "0.5")
    view = return_form([Seen(city.outlook(2024), given)], TEMPLATES)
    assert form(view) == snapshot
    assert view_faults(view) == []
    assert view["private_metadata"] == str(given.id)
    sent = filled_in(view, reason=" 出典を書いてください ", new_due="2025-06-20")
    reason, due = read_return_form(sent)
    assert reason == "出典を書いてください"
    assert due is not None
    assert due.isoformat() == "2025-06-20"
    assert read_return_form(filled_in(view, reason="確認してください"))[1] is None


def test_every_message_of_a_round_is_within_slacks_limits(city: City) -> None:
    long = "長い備考。" * 200
    given = city.give("1-5a", 2024, "0.5", source=long, note=long, oddities=(long,), typed=long)
    asked = told(city, approval_request, given)
    preview_of_it = previewed(city, given.proposal)
    back = told(city, outcome, city.send_back(given, "理由" * 1000, "2025-06-20"))
    for content in (asked, preview_of_it, back):
        assert message_faults(content.message) == []
