"""What an operator deploys with: units, the container's recipe, Litestream's settings."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = ["kpibot.service", "kpibot@.service"]
# 0 is a service that can do nothing, 10 one that can do everything.
MOST_EXPOSED = 2.5


def section(unit: str) -> configparser.SectionProxy:
    """A unit's service."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / unit)
    return parser["Service"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_watched_drained_and_confined(unit: str) -> None:
    """As the bot behaves: it notifies, ends on SIGTERM within 30 seconds and writes its data only."""
    service = section(unit)
    assert service["Type"] == "notify"
    assert service["KillSignal"] == "SIGTERM"
    assert service["StateDirectory"].startswith("kpibot")
    assert service["ProtectSystem"] == "strict"
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    set_there = re.findall(r"(\w+)=", service["Environment"])
    assert set(set_there) <= known


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_finds_a_unit_tightly_confined(unit: str, tmp_path: Path) -> None:
    """By its own measure."""
    analyze = shutil.which("systemd-analyze")
    assert analyze, "systemd-analyze is missing (Debian's package systemd)"
    copy = tmp_path / unit.replace("@", "@city")
    shutil.copy(DEPLOY / unit, copy)
    threshold = f"--threshold={round(MOST_EXPOSED * 10)}"
    words = [analyze, "security", "--no-pager", "--offline=yes", threshold, str(copy)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-600:] + done.stderr
    words = [analyze, "verify", "--man=no", str(copy)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "Unknown" not in done.stderr, done.stderr


def test_the_container_is_made_of_what_is_there() -> None:
    """Locked packages with hashes, no root, a health check on the path that the bot answers."""
    recipe = (DEPLOY / "Dockerfile").read_text("utf-8")
    for source in re.findall(r"^COPY (?!--from)(\S+) ", recipe, re.MULTILINE):
        assert (ROOT / source).exists(), source
    assert "--require-hashes" in recipe
    assert "USER 10001" in recipe
    assert "127.0.0.1:3901/healthz" in recipe
    command = re.search(r"^ENTRYPOINT (\[.*\])$", recipe, re.MULTILINE)
    assert command
    assert json.loads(command[1])[0].endswith("kpibot")
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", "data", ".git"} <= set(ignored)


def test_the_shell_command_names_the_places_of_the_unit() -> None:
    """Its user, settings, program and data; and the shell reads it."""
    script = DEPLOY / "kpibot"
    text, service = script.read_text("utf-8"), section("kpibot.service")
    subprocess.run(["/bin/sh", "-n", str(script)], check=True)
    assert f"-u {service['User']} " in text
    assert f". {service['EnvironmentFile']}\n" in text
    assert service["ExecStart"].removesuffix(" run") in text
    assert "KPIBOT_DATA:-/var/lib/kpibot" in text
    assert "KPIBOT_DATA=/var/lib/kpibot" in service["Environment"]


def test_every_scope_is_explained_to_whoever_asks() -> None:
    """The manifest's scopes are those of the operator's guide."""
    told = (ROOT / "docs" / "operate.md").read_text("utf-8")
    wanted = json.loads((ROOT / "manifest.json").read_text("utf-8"))["oauth_config"]["scopes"]
    for scope in wanted["bot"]:
        assert f"`{scope}`" in told, scope
