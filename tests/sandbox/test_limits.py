"""The table of limits: what is just allowed passes, one more does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models import blocks as sdk

from sandbox.blocks import is_too_large, mistakes_in_blocks, mistakes_in_view, with_ids
from tests.sandbox.bot import actions, button, entry, modal, option, plain
from tests.sandbox.hands import Json

Make = Callable[[int], Any]


def mistakes(*blocks: Any, surface: str = "message") -> list[str]:
    """What Slack would say to these blocks."""
    return mistakes_in_blocks(list(blocks), surface, lambda named: True)


def mrkdwn(text: str) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def section(**fields: Any) -> Json:
    """A section."""
    return {"type": "section", **fields}


def x(count: int) -> str:
    """A string of so many characters, each of several bytes."""
    return "あ" * count


def select(**fields: Any) -> Json:
    """A static select in a row."""
    return actions({"type": "static_select", "action_id": "s", **fields})


def confirm(**parts: Any) -> Json:
    """A button with a confirmation."""
    usual = {"title": plain("t"), "text": plain("t"), "confirm": plain("c"), "deny": plain("d")}
    return actions(button("b", confirm={**usual, **parts}))


def table(rows: int, cells: int, text: str = "x") -> Json:
    """A table."""
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * cells] * rows}


def data_table(rows: int, cells: int = 1) -> Json:
    """A data table."""
    return {**table(rows, cells), "type": "data_table", "caption": "表"}


def chart(points: int = 1, series: int = 1, **fields: Any) -> Json:
    """A line chart."""
    categories = [f"R{n}" for n in range(points)]
    data = [{"label": one, "value": 1.5} for one in categories]
    return {
        "type": "data_visualization",
        "title": "推移",
        "chart": {
            "type": "line",
            "series": [{"name": f"s{n}", "data": data} for n in range(series)],
            "axis_config": {"categories": categories},
        },
        **fields,
    }


def line_chart(
    categories: Sequence[str] = ("R5", "R6"),
    labels: Sequence[str] = ("R5", "R6"),
    values: Sequence[Any] = (1, 2),
    kind: str = "line",
    **fields: Any,
) -> Json:
    """A chart of one series."""
    data = [{"label": label, "value": value} for label, value in zip(labels, values, strict=False)]
    drawn = {
        "type": kind,
        "series": [{"name": "値", "data": data}],
        "axis_config": {"categories": list(categories)},
        **fields,
    }
    return chart(chart=drawn)


def container(count: int, **fields: Any) -> Json:
    """A container."""
    children = [{"type": "divider"}] * count
    return {"type": "container", "title": plain("箱"), "child_blocks": children, **fields}


def image(**fields: Any) -> Json:
    """An image block."""
    return {"type": "image", "image_url": "https://e.jp/x.png", "alt_text": "図", **fields}


LIMITS: list[tuple[str, int, Make]] = [
    ("blocks of a message", 50, lambda n: [{"type": "divider"}] * n),
    ("section text", 3000, lambda n: section(text=mrkdwn(x(n)))),
    ("section fields", 10, lambda n: section(fields=[plain("x")] * n)),
    ("section field", 2000, lambda n: section(fields=[plain(x(n))])),
    ("header", 150, lambda n: {"type": "header", "text": plain(x(n))}),
    ("context elements", 10, lambda n: {"type": "context", "elements": [plain("x")] * n}),
    ("context text", 3000, lambda n: {"type": "context", "elements": [mrkdwn(x(n))]}),
    ("actions elements", 25, lambda n: actions(*(button(f"b{i}") for i in range(n)))),
    ("button text", 75, lambda n: actions(button("b", x(n)))),
    ("button value", 2000, lambda n: actions(button("b", value=x(n)))),
    ("button url", 3000, lambda n: actions(button("b", url=x(n)))),
    ("action_id", 255, lambda n: actions(button(x(n)))),
    ("accessibility_label", 75, lambda n: actions(button("b", accessibility_label=x(n)))),
    ("block_id", 255, lambda n: actions(button("b"), block_id=x(n))),
    ("select options", 100, lambda n: select(options=[option(str(i)) for i in range(n)])),
    ("option text", 75, lambda n: select(options=[{"text": plain(x(n)), "value": "v"}])),
    ("option value", 75, lambda n: select(options=[{"text": plain("t"), "value": x(n)}])),
    (
        "option groups",
        100,
        lambda n: select(
            option_groups=[{"label": plain("g"), "options": [option(str(i))]} for i in range(n)]
        ),
    ),
    ("placeholder", 150, lambda n: select(options=[option("a")], placeholder=plain(x(n)))),
    (
        "overflow options",
        5,
        lambda n: actions(
            {"type": "overflow", "action_id": "o", "options": [option(str(i)) for i in range(n)]}
        ),
    ),
    (
        "checkboxes",
        10,
        lambda n: actions(
            {"type": "checkboxes", "action_id": "c", "options": [option(str(i)) for i in range(n)]}
        ),
    ),
    (
        "radio buttons",
        10,
        lambda n: actions(
            {
                "type": "radio_buttons",
                "action_id": "r",
                "options": [option(str(i)) for i in range(n)],
            }
        ),
    ),
    (
        "plain_text_input",
        3000,
        lambda n: entry("e", {"type": "plain_text_input", "initial_value": x(n)}),
    ),
    ("max_length", 3000, lambda n: entry("e", {"type": "plain_text_input", "max_length": n})),
    ("input label", 2000, lambda n: entry("e", {"type": "datepicker"}, label=plain(x(n)))),
    ("confirm title", 100, lambda n: confirm(title=plain(x(n)))),
    ("confirm text", 300, lambda n: confirm(text=mrkdwn(x(n)))),
    ("confirm button", 30, lambda n: confirm(confirm=plain(x(n)))),
    ("deny button", 30, lambda n: confirm(deny=plain(x(n)))),
    ("image alt_text", 2000, lambda n: image(alt_text=x(n))),
    ("image title", 2000, lambda n: image(title=plain(x(n)))),
    ("image url", 3000, lambda n: image(image_url=x(n))),
    ("table rows", 100, lambda n: table(n, 1)),
    ("table cells", 20, lambda n: table(1, n)),
    ("table characters", 10_000, lambda n: table(1, 1, x(n))),
    ("tables of a message", 1, lambda n: [table(1, 1)] * n),
    ("data_table rows", 101, data_table),
    ("data_table cells", 20, lambda n: data_table(2, n)),
    ("page_size", 100, lambda n: {**data_table(2), "page_size": n}),
    ("markdown", 12_000, lambda n: {"type": "markdown", "text": x(n)}),
    ("markdown in all", 12_000, lambda n: [{"type": "markdown", "text": x(n // 2 + n % 2)}] * 2),
    ("container children", 10, container),
    ("container title", 150, lambda n: container(1, title=plain(x(n)))),
    ("charts of a message", 2, lambda n: [chart()] * n),
    ("chart points", 20, chart),
    ("chart series", 6, lambda n: chart(1, n)),
    ("chart title", 50, lambda n: chart(title=x(n))),
]


@pytest.mark.parametrize(("name", "most", "make"), LIMITS, ids=[name for name, _, _ in LIMITS])
def test_the_most_passes_and_one_more_does_not(name: str, most: int, make: Make) -> None:
    def told(count: int) -> list[str]:
        made = make(count)
        return mistakes(*made) if isinstance(made, list) else mistakes(made)

    assert told(most) == []
    assert told(most + 1) != []


VIEW_LIMITS: list[tuple[str, int, Make]] = [
    ("title", 24, lambda n: modal(title=plain(x(n)))),
    ("submit", 24, lambda n: modal(submit=plain(x(n)))),
    ("close", 24, lambda n: modal(close=plain(x(n)))),
    ("private_metadata", 3000, lambda n: modal(private_metadata=x(n))),
    ("callback_id", 255, lambda n: modal(callback_id=x(n))),
    ("external_id", 255, lambda n: modal(external_id=x(n))),
    ("blocks of a modal", 100, lambda n: modal(*[{"type": "divider"}] * n)),
    ("blocks of a Home tab", 100, lambda n: {"type": "home", "blocks": [{"type": "divider"}] * n}),
    ("alert", 200, lambda n: modal({"type": "alert", "text": plain(x(n))})),
]


@pytest.mark.parametrize(("name", "most", "make"), VIEW_LIMITS, ids=[n for n, _, _ in VIEW_LIMITS])
def test_the_most_of_a_view_passes_and_one_more_does_not(name: str, most: int, make: Make) -> None:
    assert mistakes_in_view(make(most), lambda named: True) == []
    assert mistakes_in_view(make(most + 1), lambda named: True) != []


def test_a_view_holds_250_kilobytes() -> None:
    assert not is_too_large({"text": "x" * 249_900})
    assert is_too_large({"text": "x" * 250_001})
    assert is_too_large({"text": "あ" * 84_000})


@pytest.mark.parametrize(
    ("surface", "block", "is_allowed"),
    [
        ("message", chart(), True),
        ("modal", chart(), False),
        ("home", chart(), False),
        ("message", {"type": "markdown", "text": "x"}, True),
        ("home", {"type": "markdown", "text": "x"}, False),
        ("message", data_table(2), True),
        ("home", data_table(2), True),
        ("modal", data_table(2), False),
        ("message", table(1, 1), True),
        ("modal", table(1, 1), False),
        ("modal", {"type": "alert", "text": plain("x")}, True),
        ("message", {"type": "alert", "text": plain("x")}, False),
        ("message", container(1), True),
        ("home", container(1), False),
        ("message", container(1, child_blocks=[chart()]), False),
        ("message", {"type": "video"}, False),
        ("modal", entry("e", {"type": "url_text_input"}), True),
        ("message", entry("e", {"type": "url_text_input"}), True),
    ],
)
def test_each_surface_has_its_own_blocks(surface: str, block: Json, is_allowed: bool) -> None:
    assert (mistakes(block, surface=surface) == []) is is_allowed


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        (section(), "must define either text or fields"),
        (section(text=plain("")), "must be more than 0 characters"),
        (section(text="x"), "must be a text object"),
        (section(text=plain("x"), accessory={"type": "video"}), "unsupported type: video"),
        (section(text=plain("x"), colour="red"), "invalid additional property: colour"),
        ({"type": "header", "text": mrkdwn("x")}, "unsupported type: mrkdwn"),
        ({"type": "header"}, "missing required field: text"),
        ({"type": "context", "elements": []}, "no fewer than 1 items"),
        ({"type": "actions", "elements": "x"}, "must provide an array"),
        (actions(button("a"), button("a")), "`action_id` must be unique"),
        (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
        (actions(button("a", style="red")), "must be one of: primary, danger"),
        (select(), "must define either options or option_groups"),
        (select(options=[option("a")], initial_option=option("b")), "must match an option"),
        (select(options=[{"text": mrkdwn("x"), "value": "v"}]), "unsupported type: mrkdwn"),
        (entry("e", button("b")), "unsupported type: button"),
        (entry("e", {"type": "number_input"}), "missing required field: is_decimal_allowed"),
        (entry("e", {"type": "datepicker", "initial_date": "5/11"}), "must look like 2026-05-11"),
        (entry("e", {"type": "timepicker", "initial_time": "9"}), "must look like 09:00"),
        (entry("e", {"type": "datepicker"}, optional="yes"), "must be a boolean"),
        (image(alt_text=None), "missing required field: alt_text"),
        ({"type": "image", "alt_text": "x"}, "must define either image_url or slack_file"),
        (table(0, 1), "no fewer than 1 items"),
        (table(1, 1, ""), "must be more than 0 characters"),
        ({**table(1, 1), "column_settings": [{"align": "top"}]}, "must be one of: left"),
        (data_table(1), "no fewer than 2 items"),
        ({**data_table(2), "caption": None}, "missing required field: caption"),
        ({**data_table(2), "rows": [*table(1, 1)["rows"], *table(1, 2)["rows"]]}, "as many cells"),
        (
            {**data_table(2), "rows": [[{"type": "rich_text", "elements": []}]] * 2},
            "cannot be rich_text",
        ),
        (chart(1, 2, chart={**chart(2)["chart"], "series": chart(1)["chart"]["series"]}), "point"),
        ({**chart(), "title": None}, "missing required field: title"),
        (line_chart(categories=["R5", "R5"], labels=["R5", "R5"]), "`category` must be unique"),
        (line_chart(labels=["R5"]), "exactly one point for each category"),
        (line_chart(labels=["R5", "R5"]), "exactly one point for each category"),
        (line_chart(values=["1.5", 2]), "must be a number"),
        (line_chart(values=[None, 2]), "missing required field: value"),
        (line_chart(kind="scatter"), "unsupported type: scatter"),
        (line_chart(target=3), "invalid additional property: target"),
        (container(1, is_collapsible=True, has_header_divider=True), "has_header_divider"),
        (container(1, title=None), "must define either title"),
        (
            {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]},
            "missing required field: style",
        ),
        ("x", "must be an object"),
    ],
)
def test_what_slack_would_not_take_is_told(block: Any, complaint: str) -> None:
    told = mistakes(block)
    assert any(complaint in sentence for sentence in told), told


def test_block_ids_are_unique_in_a_message() -> None:
    twice = mistakes(actions(button("a")), actions(button("b")))
    assert "`block_id` must be unique: row" in twice[0]


def test_a_null_leaves_a_column_as_it_is() -> None:
    assert mistakes({**table(1, 2), "column_settings": [None, {"align": "right"}]}) == []


def test_what_the_sdk_builds_passes() -> None:
    built = [
        sdk.HeaderBlock(text="見出し"),
        sdk.SectionBlock(
            text="*x*", accessory=sdk.ButtonElement(text="押す", action_id="a", style="danger")
        ),
        sdk.DividerBlock(),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="x")]),
        sdk.ActionsBlock(
            elements=[
                sdk.StaticSelectElement(
                    action_id="s", placeholder="選択", options=[sdk.Option(text="a", value="a")]
                ),
                sdk.DatePickerElement(action_id="d", initial_date="2026-05-11"),
            ]
        ),
        sdk.InputBlock(label="値", element=sdk.PlainTextInputElement(action_id="p")),
        sdk.ImageBlock(image_url="https://e.jp/x.png", alt_text="図"),
        sdk.MarkdownBlock(text="# x"),
        sdk.TableBlock(rows=[[{"type": "raw_text", "text": "a"}]]),
        sdk.RichTextBlock(
            elements=[sdk.RichTextSectionElement(elements=[{"type": "text", "text": "x"}])]
        ),
    ]
    assert mistakes(*(block.to_dict() for block in built)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "blocks", "options", "rows", "element", "x"]
            ),
            inner | st.sampled_from(["section", "actions", "input", "button", "table", "modal"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from(["message", "modal", "home"]))
def test_nothing_a_bot_sends_makes_the_check_fail(anything: Any, surface: str) -> None:
    told = mistakes_in_blocks(anything, surface, lambda named: True)
    assert all(sentence.startswith("[ERROR] ") for sentence in told)
    assert all(s.startswith("[ERROR] ") for s in mistakes_in_view(anything, lambda named: True))


@given(st.lists(JSON, max_size=3))
def test_what_passes_can_be_given_ids(blocks: list[Any]) -> None:
    if mistakes_in_blocks(blocks, "message", lambda named: True) == []:
        assert all(block["block_id"] for block in with_ids(blocks))
