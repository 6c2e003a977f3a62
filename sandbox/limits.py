"""Slack's limits as one table: how much, and what a block, element, object or view may hold.

Source: https://docs.slack.dev/reference/block-kit; where two copies of a number disagree, the
lower one stands, so that what passes here passes there.
"""

from __future__ import annotations

from sandbox.fields import (
    ANY,
    DATE,
    FLAG,
    NUMBER,
    TIME,
    Field,
    Shape,
    choice,
    need,
    plain,
    several,
    shape,
    shaped,
    string,
    text,
    typed,
    whole,
)  # fmt: skip

# fmt: off
BLOCKS_ON = {"message": 50, "modal": 100, "home": 100}
VIEW_BYTES = 250_000
MODAL_STACK = 3
MESSAGE_TEXT = 40_000
UPDATE_TEXT = 4_000
METADATA_BYTES = 16_384
ATTACHMENTS = 100
TABLES = 1                      # table blocks in a message
TABLE_CHARACTERS = 10_000       # in all tables of a message together
MARKDOWN_CHARACTERS = 12_000    # in all markdown blocks of a message together
AGENT_DESCRIPTION = 300
PROMPTS = 4                     # suggested in an agent's direct messages
LOADING_MESSAGES = 10
CHARTS = 2                      # data_visualization blocks in a message

_ANYWHERE = ["section", "header", "divider", "context", "actions", "input", "image", "rich_text"]
SURFACES = {
    "message": [*_ANYWHERE, "context_actions", "table", "data_table", "markdown", "container",
                "data_visualization"],
    "modal": [*_ANYWHERE, "alert"],
    "home": [*_ANYWHERE, "data_table"],
}

_SELECTS = ["static_select", "external_select", "users_select", "conversations_select", "channels_select"]
_MENUS = [*_SELECTS, *(f"multi_{name}" for name in _SELECTS)]
_PICKERS = ["datepicker", "timepicker", "checkboxes", "radio_buttons", *_MENUS]
_ACCESSORY = typed("button", "image", "overflow", "workflow_button", *_PICKERS)
_ACTION = typed("button", "overflow", "workflow_button", "datetimepicker", "rich_text_input",
                *_PICKERS)
_INPUT = typed("plain_text_input", "number_input", "email_text_input", "url_text_input",
               "file_input", "rich_text_input", "datetimepicker", *_PICKERS)
_IN_CONTAINER = typed(*_ANYWHERE, "table")
_RICH = typed("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
_RICH_LINE = need(several(typed("text", "emoji", "link", "user", "channel", "usergroup",
                                "broadcast", "color", "date", "team"), 10_000, 0))
_ROW = several(need(typed("raw_text", "raw_number", "rich_text")), 20)
_SERIES = need(several(shaped("series"), 6))
_AXIS = need(shaped("axis_config"))

BLOCKS = {
    "section": shape("text", "fields", text=text(3000), fields=several(text(2000), 10),
                     accessory=_ACCESSORY, expand=FLAG),
    "header": shape(text=need(plain(150)), level=whole(1, 4)),
    "divider": shape(),
    "context": shape(elements=need(several(Field("context"), 10))),
    "actions": shape(elements=need(several(_ACTION, 25))),
    "context_actions": shape(elements=need(several(typed("feedback_buttons", "icon_button"), 5))),
    "input": shape(label=need(plain(2000)), hint=plain(2000), element=need(_INPUT), optional=FLAG,
                   dispatch_action=FLAG),
    "image": shape("image_url", "slack_file", alt_text=need(string(2000)), title=plain(2000),
                   image_url=string(3000), slack_file=shaped("slack_file")),
    "rich_text": shape(elements=need(several(_RICH, 10_000, 0))),
    "markdown": shape(text=need(string(MARKDOWN_CHARACTERS))),
    "alert": shape(text=need(text(200)),
                   level=choice("default", "info", "warning", "error", "success")),
    "table": shape(rows=need(several(_ROW, 100)),
                   column_settings=several(Field("column"), 20)),
    "data_table": shape(caption=need(string(255)), rows=need(several(_ROW, 101, 2)),
                        page_size=whole(1, 100), row_header_column_index=whole(0, 19)),
    "data_visualization": shape(title=need(string(50)),
                                chart=need(typed("line", "bar", "area", "pie"))),
    "container": shape("title", "rich_text_title", title=plain(150), rich_text_title=ANY,
                       subtitle=text(150), child_blocks=need(several(_IN_CONTAINER, 10)),
                       width=choice("narrow", "standard", "wide", "full"), icon=typed("image"),
                       is_collapsible=FLAG, default_collapsed=FLAG, has_header_divider=FLAG),
}

_ID = string(255)
_IDS = {"action_id": _ID, "focus_on_load": FLAG}
_MENU = {**_IDS, "placeholder": plain(150), "confirm": shaped("confirm")}
_MANY = {**_MENU, "max_selected_items": whole(1, 100)}
_TYPING = {**_IDS, "placeholder": plain(150), "dispatch_action_config": ANY}
_CONVERSATIONS = {"default_to_current_conversation": FLAG, "filter": ANY}
_OPTIONS = {"options": several(shaped("plain_option"), 100),
            "option_groups": several(shaped("option_group"), 100)}
_INITIAL_OPTIONS = several(shaped("plain_option"), 100)
_NAMES = several(_ID, 100, 0)
_STYLE = choice("primary", "danger")

ELEMENTS = {
    "button": shape(text=need(plain(75)), action_id=_ID, url=string(3000), value=string(2000, 0),
                    style=_STYLE, confirm=shaped("confirm"), accessibility_label=string(75)),
    "workflow_button": shape(text=need(plain(75)), action_id=_ID, workflow=ANY, style=_STYLE,
                             accessibility_label=string(75)),
    "icon_button": shape(icon=need(_ID), text=need(plain(75)), action_id=_ID,
                         value=string(2000, 0), confirm=shaped("confirm"),
                         accessibility_label=string(75), visible_to_user_ids=several(_ID, 10)),
    "feedback_buttons": shape(action_id=_ID, positive_button=need(ANY), negative_button=need(ANY)),
    "overflow": shape(options=need(several(shaped("overflow_option"), 5)), action_id=_ID,
                      confirm=shaped("confirm")),
    "static_select": shape("options", "option_groups", **_MENU, **_OPTIONS,
                           initial_option=shaped("plain_option")),
    "multi_static_select": shape("options", "option_groups", **_MANY, **_OPTIONS,
                                 initial_options=_INITIAL_OPTIONS),
    "external_select": shape(**_MENU, min_query_length=whole(0, 1000),
                             initial_option=shaped("plain_option")),
    "multi_external_select": shape(**_MANY, min_query_length=whole(0, 1000),
                                   initial_options=_INITIAL_OPTIONS),
    "users_select": shape(**_MENU, initial_user=_ID),
    "multi_users_select": shape(**_MANY, initial_users=_NAMES),
    "conversations_select": shape(**_MENU, **_CONVERSATIONS, initial_conversation=_ID,
                                  response_url_enabled=FLAG),
    "multi_conversations_select": shape(**_MANY, **_CONVERSATIONS, initial_conversations=_NAMES),
    "channels_select": shape(**_MENU, initial_channel=_ID, response_url_enabled=FLAG),
    "multi_channels_select": shape(**_MANY, initial_channels=_NAMES),
    "datepicker": shape(**_MENU, initial_date=DATE),
    "timepicker": shape(**_MENU, initial_time=TIME, timezone=_ID),
    "datetimepicker": shape(**_IDS, confirm=shaped("confirm"),
                            initial_date_time=whole(10**9, 10**10 - 1)),
    "checkboxes": shape(**_IDS, confirm=shaped("confirm"),
                        options=need(several(shaped("option"), 10)),
                        initial_options=several(shaped("option"), 10)),
    "radio_buttons": shape(**_IDS, confirm=shaped("confirm"),
                           options=need(several(shaped("option"), 10)),
                           initial_option=shaped("option")),
    "plain_text_input": shape(**_TYPING, initial_value=string(3000, 0), multiline=FLAG,
                              min_length=whole(0, 3000), max_length=whole(1, 3000)),
    "number_input": shape(**_TYPING, is_decimal_allowed=need(FLAG), initial_value=_ID,
                          min_value=_ID, max_value=_ID),
    "email_text_input": shape(**_TYPING, initial_value=string(3000, 0)),
    "url_text_input": shape(**_TYPING, initial_value=string(3000, 0)),
    "rich_text_input": shape(**_TYPING, initial_value=typed("rich_text")),
    "file_input": shape(action_id=_ID, filetypes=several(_ID, 100), max_files=whole(1, 10)),
}

OBJECTS = {
    "confirm": shape(title=need(plain(100)), text=need(text(300)), confirm=need(plain(30)),
                     deny=need(plain(30)), style=_STYLE),
    "plain_option": shape(text=need(plain(75)), value=need(string(75)), description=plain(75)),
    "overflow_option": shape(text=need(plain(75)), value=need(string(75)), description=plain(75),
                             url=string(3000)),
    "option": shape(text=need(text(75)), value=need(string(75)), description=text(75)),
    "option_group": shape(label=need(plain(75)),
                          options=need(several(shaped("plain_option"), 100))),
    "slack_file": shape("id", "url", id=_ID, url=string(3000)),
    "series": shape(name=need(string(20)), data=need(several(shaped("point"), 20))),
    "point": shape(label=need(string(20)), value=need(NUMBER)),
    "axis_config": shape(categories=need(several(string(20), 20)), x_label=string(50),
                         y_label=string(50)),
    "column_setting": shape(align=choice("left", "center", "right"), is_wrapped=FLAG),
}

PARTS = {
    "raw_text": shape(text=need(string(TABLE_CHARACTERS))),
    "raw_number": shape(value=need(NUMBER), text=need(_ID)),
    "line": shape(series=_SERIES, axis_config=_AXIS),
    "bar": shape(series=_SERIES, axis_config=_AXIS),
    "area": shape(series=_SERIES, axis_config=_AXIS),
    "pie": shape(segments=need(several(shaped("point"), 6))),
    "rich_text_section": shape(elements=_RICH_LINE),
    "rich_text_quote": shape(elements=_RICH_LINE, border=ANY),
    "rich_text_preformatted": shape(elements=_RICH_LINE, border=ANY, language=ANY),
    "rich_text_list": shape(elements=need(several(typed("rich_text_section"), 10_000)),
                            style=need(choice("bullet", "ordered")), indent=whole(0, 8),
                            offset=whole(0, 10_000), border=ANY),
    "text": shape(text=need(string(40_000)), style=ANY),
    "emoji": shape(name=need(_ID), unicode=ANY, style=ANY),
    "link": shape(url=need(string(3000)), text=string(40_000, 0), unsafe=FLAG, style=ANY),
    "user": shape(user_id=need(_ID), style=ANY),
    "channel": shape(channel_id=need(_ID), style=ANY),
    "usergroup": shape(usergroup_id=need(_ID), style=ANY),
    "team": shape(team_id=need(_ID), style=ANY),
    "broadcast": shape(range=need(choice("here", "channel", "everyone")), style=ANY),
    "color": shape(value=need(_ID), style=ANY),
    "date": shape(timestamp=need(whole(0, 10**11)), format=need(_ID), url=string(3000),
                  fallback=_ID, style=ANY),
}

_HIDDEN = {"private_metadata": string(3000, 0), "callback_id": string(255, 0),
           "external_id": string(255, 0), "blocks": ANY}
VIEWS = {
    "modal": shape(**_HIDDEN, title=need(plain(24)), submit=plain(24), close=plain(24),
                   clear_on_close=FLAG, notify_on_close=FLAG, submit_disabled=FLAG),
    "home": shape(**_HIDDEN),
}
# fmt: on

SHAPES: dict[str, Shape] = {**PARTS, **OBJECTS, **ELEMENTS, **BLOCKS}
"""Every shape by its type or name. An image is one shape, though only the block has a title."""
