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
    assert service["ExecStart"].endswith("/kpibot run --live")
    assert service["KillSignal"] == "SIGTERM"
    assert service["StateDirectory"].startswith("kpibot")
    assert service["ProtectSystem"] == "strict"
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    set_there = re.findall(r"(\w+)=", service["Environment"])
    assert set(set_there) <= known


@pytest.mark.parametrize("unit", [*UNITS, "kpibot-litestream.service"])
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
    assert recipe.index("install -d -o 10001 -m 0700 /data") < recipe.index("VOLUME /data")
    assert "USER 10001" in recipe
    assert "127.0.0.1:3901/healthz" in recipe
    command = re.search(r"^ENTRYPOINT (\[.*\])$", recipe, re.MULTILINE)
    assert command
    assert json.loads(command[1])[0].endswith("kpibot")
    assert 'CMD ["run", "--live"]' in recipe
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", "data", ".git"} <= set(ignored)


PLACES = ("/etc/kpibot", "/opt/kpibot", "/var/lib/kpibot")


def test_the_shell_command_names_the_places_of_the_units() -> None:
    """Their user, settings, program and data."""
    text = (DEPLOY / "kpibot").read_text("utf-8")
    for unit, city in (("kpibot.service", None), ("kpibot@.service", "$CITY")):
        service = section(unit)
        assert f"-u {service['User']} " in text
        assert service["ExecStart"].removesuffix(" run --live") in text
        settings = service["EnvironmentFile"].replace("%i", city or "")
        (data,) = re.findall(r"KPIBOT_DATA=(\S+)", service["Environment"])
        assert f"settings={settings} data={data.replace('%i', city or '')}\n" in text


# With what a shell would take in another way than systemd.
SETTINGS = """# of the city
#KPIBOT_DATA=data
SLACK_BOT_TOKEN = "xoxb-1"\r
 SLACK_APP_TOKEN=xapp-1 # of spring
SLACK_API_URL=$(echo x)=1"""


def test_the_shell_command_says_that_a_city_has_no_settings(tmp_path: Path) -> None:
    (tmp_path / "id").write_text("#!/bin/sh\necho 0\n", "utf-8")
    (tmp_path / "id").chmod(0o755)
    said = subprocess.run(
        ["/bin/sh", DEPLOY / "kpibot", "doctor"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "CITY": "nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr.startswith("設定ファイル /etc/kpibot/nowhere.env がありません。")


@pytest.mark.parametrize("city", ["", "kitamoto"])
def test_the_shell_command_is_kpibot_as_the_service_runs_it(tmp_path: Path, city: str) -> None:
    """Run by the shell, with the places of a machine in a folder and a program that tells."""
    script = (DEPLOY / "kpibot").read_text("utf-8")
    for place in PLACES:
        (tmp_path / place[1:]).mkdir(parents=True)
        script = script.replace(place, str(tmp_path / place[1:]))
    settings = tmp_path / "etc" / "kpibot" / (f"{city}.env" if city else "env")
    settings.write_text(SETTINGS, "utf-8")
    program = tmp_path / "opt" / "kpibot" / ".venv" / "bin" / "kpibot"
    program.parent.mkdir(parents=True)
    stubs = {
        program: 'echo "$SLACK_BOT_TOKEN|$SLACK_APP_TOKEN|$SLACK_API_URL|$KPIBOT_DATA|$*"',
        tmp_path / "id": "echo 0",
        tmp_path / "runuser": 'shift 3; exec "$@"',
    }
    for stub, does in stubs.items():
        stub.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        stub.chmod(0o755)
    said = subprocess.run(
        ["/bin/sh", "-c", script, "kpibot", "ask", "1-1"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "CITY": city},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    data = tmp_path / "var" / "lib" / "kpibot" / city
    assert said == f"xoxb-1|xapp-1 # of spring|$(echo x)=1|{data}|ask 1-1\n"


def test_every_scope_is_explained_to_whoever_asks() -> None:
    """The manifest's scopes are those of the operator's guide."""
    told = (ROOT / "docs" / "operate.md").read_text("utf-8")
    wanted = json.loads((ROOT / "manifest.json").read_text("utf-8"))["oauth_config"]["scopes"]
    for scope in wanted["bot"]:
        assert f"`{scope}`" in told, scope
