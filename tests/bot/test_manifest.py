"""The manifest of the app, for the socket and for requests."""

from __future__ import annotations

import json

import pytest

from bot.manifest import read_manifest
from tests.bot.terminal import kpibot


def test_in_http_mode_only_the_way_to_the_bot_is_another() -> None:
    """Every command, event, button and menu has the address; names and scopes stay."""
    socket = json.loads(kpibot("manifest").out)
    assert socket == read_manifest()
    http = json.loads(kpibot("manifest", "--http", "https://kpi.example.jp").out)
    url = "https://kpi.example.jp/slack/events"
    for command in http["features"]["slash_commands"]:
        assert command.pop("url") == url
    settings = http["settings"]
    assert settings["event_subscriptions"].pop("request_url") == url
    assert settings["interactivity"].pop("request_url") == url
    assert settings["interactivity"].pop("message_menu_options_url") == url
    assert not settings["socket_mode_enabled"]
    settings["socket_mode_enabled"] = True
    assert http == socket


def test_a_path_of_the_proxys_own_is_kept() -> None:
    """Where it maps one to another."""
    told = kpibot("manifest", "--http", "https://city.example.jp/kpi/slack/")
    assert '"request_url": "https://city.example.jp/kpi/slack/"' in told.out


@pytest.mark.parametrize(
    "address",
    ["http://kpi.example.jp", "kpi.example.jp", "https://", "https://[", "https://a/?b=c"],
)
def test_slack_sends_to_https_only(address: str) -> None:
    """Said in a sentence with what was typed."""
    assert address in kpibot("manifest", "--http", address).sentence
