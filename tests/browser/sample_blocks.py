"""Blocks of many kinds, for a message, a form and a Home tab."""

from __future__ import annotations

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> Block:
    return {"text": plain(text), "value": value}


def cells(*texts: str) -> list[Block]:
    return [{"type": "raw_text", "text": text} for text in texts]


COLOURS = [option("赤", "red"), option("青", "blue"), option("緑", "green")]

BUTTONS: Block = {
    "type": "actions",
    "block_id": "buttons",
    "elements": [
        {
            "type": "button",
            "text": plain("押す"),
            "action_id": "press",
            "value": "1",
            "style": "primary",
        },
        {
            "type": "button",
            "text": plain("消す"),
            "action_id": "erase",
            "style": "danger",
            "confirm": {
                "title": plain("消しますか"),
                "text": mrkdwn("*元に戻せません*"),
                "confirm": plain("消す"),
                "deny": plain("やめる"),
            },
        },
        {
            "type": "button",
            "text": plain("資料"),
            "action_id": "link",
            "url": "http://127.0.0.1:9/",
        },
        {
            "type": "static_select",
            "action_id": "colour",
            "placeholder": plain("色"),
            "options": COLOURS,
        },
        {"type": "users_select", "action_id": "person", "placeholder": plain("担当")},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-05-11"},
        {"type": "overflow", "action_id": "more", "options": [*COLOURS]},
    ],
}

LINE_CHART: Block = {
    "type": "data_visualization",
    "title": "推移",
    "chart": {
        "type": "line",
        "series": [
            {
                "name": "実績",
                "data": [{"label": "R5", "value": 29}, {"label": "R6", "value": 12.5}],
            },
            {
                "name": "見込み",
                "data": [{"label": "R5", "value": 30}, {"label": "R6", "value": -4}],
            },
        ],
        "axis_config": {"categories": ["R5", "R6"], "y_label": "人"},
    },
}

BAR_CHART: Block = {
    "type": "data_visualization",
    "title": "件数",
    "chart": {
        "type": "bar",
        "series": [
            {"name": "達成", "data": [{"label": "一", "value": 5}, {"label": "二", "value": 3}]}
        ],
        "axis_config": {"categories": ["一", "二"]},
    },
}

RICH_TEXT: Block = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "太い文字", "style": {"bold": True}},
                {"type": "user", "user_id": "U0CHILD"},
                {"type": "emoji", "name": "tada"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "一つ目"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "二つ目"}]},
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "引用文"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a  b"}]},
    ],
}

TABLE: Block = {
    "type": "table",
    "column_settings": [{"is_wrapped": True}, {"align": "right"}],
    "rows": [
        cells("年度", "実績", "判定", "状態", "備考"),
        [
            *cells("R2（第1期の最新値・第2期の現状値）"),
            {"type": "raw_number", "value": 29, "text": "29人"},
            *cells("■ 未達成", "公表値", "とても長い備考がここに入り、横に広がります"),
        ],
    ],
}

DATA_TABLE: Block = {
    "type": "data_table",
    "caption": "課ごとの件数",
    "page_size": 2,
    "rows": [
        cells("課", "件数"),
        *(
            [*cells(f"課{n}"), {"type": "raw_number", "value": n, "text": str(n)}]
            for n in range(1, 6)
        ),
    ],
}

EVERY_KIND: list[Block] = [
    {"type": "header", "text": plain("見出しのブロック")},
    {"type": "context", "elements": [mrkdwn("小さな _注記_ です")]},
    {
        "type": "section",
        "text": mrkdwn("▲ 向上　*待機児童数* `1-1b`\n&gt; 引用の行\n<http://127.0.0.1:9/|リンク>"),
        "accessory": {"type": "button", "text": plain("詳しく"), "action_id": "detail"},
    },
    {"type": "divider"},
    {"type": "section", "fields": [mrkdwn("*担当*\nこども課"), mrkdwn("*期限*\n6/12")]},
    BUTTONS,
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [
            {"type": "radio_buttons", "action_id": "one", "options": COLOURS},
            {"type": "checkboxes", "action_id": "some", "options": COLOURS},
        ],
    },
    RICH_TEXT,
    {
        "type": "markdown",
        "text": "## 小見出し\n- 項目 **強調**\n\n| 列1 | 列2 |\n|---|---|\n| あ | い |",
    },
    TABLE,
    DATA_TABLE,
    LINE_CHART,
    BAR_CHART,
    {"type": "image", "image_url": "https://images.invalid/x.png", "alt_text": "外の絵"},
    {
        "type": "context_actions",
        "elements": [{"type": "icon_button", "icon": "trash", "text": plain("捨てる")}],
    },
]


def form() -> Block:
    """A form with one field of each kind that a form may have."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("実績の入力"),
        "submit": plain("提出"),
        "close": plain("やめる"),
        "notify_on_close": True,
        "blocks": [
            {"type": "alert", "level": "warning", "text": mrkdwn("前回の *10倍* です")},
            field("value", "実績値", {"type": "plain_text_input"}, hint="例: 12"),
            field("note", "備考", {"type": "plain_text_input", "multiline": True}, optional=True),
            field("count", "件数", {"type": "number_input", "is_decimal_allowed": False}),
            field("colour", "色", {"type": "static_select", "options": COLOURS}),
            field("thing", "指標", {"type": "external_select", "min_query_length": 2}),
            field("many", "対象", {"type": "multi_static_select", "options": COLOURS}),
            field("one", "種類", {"type": "radio_buttons", "options": COLOURS}),
            field("some", "確認", {"type": "checkboxes", "options": COLOURS}, optional=True),
            field("day", "基準日", {"type": "datepicker", "initial_date": "2026-04-01"}),
        ],
    }


def steps(title: str, chosen: str = "") -> Block:
    """A form that changes with a choice in it, and has another one behind a button."""
    kind = {"type": "static_select", "options": COLOURS, "placeholder": plain("選ぶ")}
    deeper = {"type": "button", "text": plain("詳しく"), "action_id": "deeper"}
    told = [{"type": "section", "text": mrkdwn(f"選ばれたのは *{chosen}*")}] if chosen else []
    return {
        "type": "modal",
        "callback_id": "steps",
        "title": plain(title),
        "submit": plain("次へ"),
        "blocks": [
            field("name", "名前", {"type": "plain_text_input"}),
            {
                **field("kind", "種類", kind),
                "element": {**kind, "action_id": "kind"},
                "dispatch_action": True,
            },
            *told,
            {"type": "actions", "elements": [deeper]},
        ],
    }


def field(
    block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False
) -> Block:
    block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "optional": optional,
        "element": {**element, "action_id": "it"},
    }
    return {**block, "hint": plain(hint)} if hint else block


def home() -> Block:
    """A Home tab with a button."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("あなたの番のもの")},
            {"type": "section", "text": mrkdwn("*3件* あります")},
            BUTTONS,
        ],
    }
