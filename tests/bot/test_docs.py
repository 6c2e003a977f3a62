"""What the documents say is so: commands run, files and targets exist, nothing is left unsaid."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.listeners import COMMANDS, EVENTS
from bot.settings import Settings
from tests.bot.office import Office
from tests.bot.people import Seen, is_a_sentence, words_of
from tests.bot.terminal import ROOT, all_commands, kpibot

DOCUMENTS = [ROOT / "README.md", ROOT / "README.ja.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
TOKENS_OR_TIME = {"run"}
IN_SLACK = re.compile(r"/kpi(?:-submit|-admin)?(?: .*)?")
FOR_STAFF = [each for each in DOCUMENTS if each.name != "README.md"]
NOT_UNDERSTOOD = ("見つかりませんでした", "という操作はありません", "確かめさせてください")


def blocks(document: Path, language: str) -> list[str]:
    """The blocks of a document in one language, as they stand there."""
    found = BLOCK.findall(document.read_text("utf-8"))
    return [text for kind, text in found if kind == language]


def lines(language: str) -> Iterator[tuple[Path, list[str]]]:
    """Every command line of the documents, without its comment, as words."""
    for document in DOCUMENTS:
        for block in blocks(document, language):
            for line in block.splitlines():
                if words := shlex.split(line, comments=True):
                    yield document, words


def commands() -> list[tuple[str, list[str]]]:
    """Every `kpibot …` of the documents, in their order: for the test's name, and its words."""
    found = [
        (document.name, words[1:])
        for document, words in lines("sh")
        if Path(words[0]).name == "kpibot"
    ]
    return [each for each in found if each[1][0] not in TOKENS_OR_TIME]


def slash_commands() -> list[str]:
    """Every command of Slack that the Japanese documents show, in a line of its own or in a sentence."""
    found: set[str] = set()
    for document in FOR_STAFF:
        text = document.read_text("utf-8")
        shown = [
            line.partition("#")[0].strip() for b in blocks(document, "") for line in b.split("\n")
        ]
        shown += re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
        found |= {each for each in shown if IN_SLACK.fullmatch(each) and "…" not in each}
    return sorted(found)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the files that the documents speak of, made of their own examples."""
    monkeypatch.chdir(tmp_path)
    (plan,) = blocks(ROOT / "docs" / "plan-file.md", "toml")
    (people,) = blocks(ROOT / "docs" / "people-file.md", "toml")
    (tmp_path / "my-plan.toml").write_text(plan, "utf-8")
    (tmp_path / "people.toml").write_text(people, "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", commands(), ids=lambda c: f"{c[0]} {' '.join(c[1])}")
def test_a_documented_command_runs(folder: Path, command: tuple[str, list[str]]) -> None:
    """In a folder where the plan is loaded, as the documents have it."""
    kpibot("plan", "load", "kitamoto-2", env={})
    done = kpibot(*command[1])
    assert done.err == ""
    # The doctor's exit code says that something is still to be done, and so its lines do.
    assert done.code == 0 or (command[1] == ["doctor"] and "件です。" in done.out)


@pytest.mark.parametrize("command", slash_commands())
def test_what_staff_are_shown_to_type_is_understood(office: Office, command: str) -> None:
    """By somebody who may: an answer or a form, and no refusal."""
    name, _, words = command.partition(" ")
    seen = {
        "/kpi": lambda: office.person("U0STAFF").asks(words),
        "/kpi-submit": lambda: office.person("U0CHILD").submits(words),
        "/kpi-admin": lambda: office.person("U0PLANNER").administers(words),
    }[name]()
    said = said_by(seen)
    is_a_sentence(said)
    assert not any(sign in said for sign in NOT_UNDERSTOOD), said
    assert "入力された内容" not in said or "提出前の確認" in said, said


def said_by(seen: Seen) -> str:
    """Messages, and what forms are called and say."""
    views = [f"{view['title']['text']}\n{words_of(view)}" for view in seen.answer["views"]]
    return "\n".join([seen.text, *views])


def test_the_steps_of_the_readme_lead_to_a_plan_with_people(folder: Path) -> None:
    """In their order, from an empty folder."""
    for document, words in commands():
        if document == "README.md":
            assert kpibot(*words).err == ""
    found = kpibot("doctor").out
    assert "✓ 企画担当 2人" in found
    assert "✓ 週報のチャンネル: C0123ABCD" in found


def test_every_command_is_documented() -> None:
    """By its whole name, in the list of the shell's commands."""
    said = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name in all_commands(main):
        assert f"`kpibot {name}" in said, name
    everywhere = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
    for name in COMMANDS:
        assert f"`{name}" in everywhere, name


def test_every_option_is_documented() -> None:
    """Those that an operator types; where the data is, is said once for all."""
    said = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name, command in all_commands(main).items():
        for option in command.params:
            if isinstance(option, click.Option):
                assert any(each in said for each in option.opts), f"{name} {option.opts}"


def test_every_target_of_make_that_is_named_exists() -> None:
    """And each can be found in the Makefile's list of targets."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {words[1] for _, words in lines("sh") if words[0] == "make"}
    for document in DOCUMENTS:
        named |= set(re.findall(r"`make ([a-z]+)`", document.read_text("utf-8")))
    assert {"setup", "run", "test"} <= named
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_every_linked_file_exists(document: Path) -> None:
    """Seen from where the link stands."""
    for link in LINK.findall(document.read_text("utf-8")):
        if "://" not in link:
            assert (document.parent / link).resolve().exists(), link


def test_the_example_of_settings_names_each_setting_once() -> None:
    """With what it is by default, or how it begins.

    Commented out, each on a line of its own: systemd takes a comment after a value for a part of
    it, and an empty value for one that takes the place of what the unit says.
    """
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    assert all(line.startswith("#") for line in lines if line)
    named = dict(re.findall(r"^#([A-Z_]+)=(.*)$", "\n".join(lines), re.MULTILINE))
    fields = {str(field.validation_alias): field for field in Settings.model_fields.values()}
    assert sorted(named) == sorted(fields)
    for name, value in named.items():
        default = fields[name].default
        assert value in {"xoxb-", "xapp-", ""} if default is None else value == str(default), name


def test_the_manifest_and_the_listeners_know_the_same() -> None:
    """Commands and events, neither more nor fewer."""
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    slash = manifest["features"]["slash_commands"]
    assert sorted(each["command"] for each in slash) == sorted(COMMANDS)
    assert all(each["should_escape"] for each in slash)
    # `message.im` is how a manifest names `message` events of direct messages.
    told = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in told} == set(EVENTS)
    assert manifest["settings"]["socket_mode_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_what_users_of_slack_see_is_documented_in_japanese() -> None:
    """What can be typed after each command, and each decision by its word."""
    said = (ROOT / "README.ja.md").read_text("utf-8")
    for word in ("`/kpi`", "`/kpi-submit`", "承認", "差戻し", "週報", "督促", "確認中", "未提出"):
        assert word in said, word
