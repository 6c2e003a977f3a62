"""The command line, over an empty folder and beside a running bot."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest

from bot.cli import COMMANDS, main
from reports.progress.printing import FORMATS
from store import revisions
from store.acts import By
from store.db import open_db, writing
from store.fiscal import TOKYO
from store.revised import Changes
from store.revisions import Decided
from tests.bot.office import Office
from tests.bot.people import JAPANESE, Person
from tests.bot.terminal import ROOT, all_commands, begin, ended, kpibot

SCHEMAS = ROOT / "store" / "schemas"
PLANS = ROOT / "tests" / "plans"

PEOPLE = """
planners = ["U0PLANNER", "U0PLANNER2"]
digest_channels = ["C0DIGEST"]

[[departments]]
id = "children"
name = "こども課"
leads = ["U0CHILD"]
owns = ["1-1"]
"""


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with no `.env`."""
    monkeypatch.chdir(tmp_path)


def valid(printed: str, schema: str) -> Any:
    """JSON that its schema allows."""
    found = json.loads(printed)
    jsonschema.validate(found, json.loads((SCHEMAS / schema).read_text("utf-8")))
    return found


class TestEmptyFolder:
    """Before anything was loaded."""

    def test_questions_are_answered_from_the_builtin_plans(self, tmp_path: Path) -> None:
        """And nothing is written by asking."""
        assert "施策 1-1 子育て支援の充実" in kpibot("ask", "1-1", data=tmp_path / "data").out
        assert "第2期" in kpibot("plan", "show", data=tmp_path / "data").out
        assert not (tmp_path / "data").exists()

    @pytest.mark.parametrize(
        ("words", "kind", "indicators"),
        [
            ("1-1b", "indicator", ["1-1b"]),
            ("1-1", "policy", ["1-1a", "1-1b", "1-1c", "1-1d"]),
            ("目標3", "goal", None),
            ("未提出", "list", None),
            ("ヘルプ", "help", []),
            ("zzzz", "unsure", []),
            ("", "overview", None),
        ],
    )
    def test_an_answer_as_json_is_what_its_schema_says(
        self, tmp_path: Path, words: str, kind: str, indicators: list[str] | None
    ) -> None:
        """For every kind of question."""
        answer = valid(kpibot("ask", words, "--json", data=tmp_path).out, "ask.schema.json")
        assert answer["kind"] == kind
        if indicators is not None:
            assert answer["indicators"] == indicators

    @pytest.mark.parametrize("plan", ["kitamoto-1", "kitamoto-2"])
    def test_a_plan_as_json_is_what_its_schema_says(self, tmp_path: Path, plan: str) -> None:
        """Both built-in ones."""
        shown = kpibot("plan", "show", plan, "--json", data=tmp_path).out
        assert valid(shown, "plan.schema.json")["plan"]["id"] == plan

    def test_what_needs_data_says_where_it_comes_from(self, tmp_path: Path) -> None:
        """In one sentence with the command that makes it."""
        for words in (
            ["submit", "1-1b", "R6", "12人", "--as", "U0CHILD", "--reason", "x"],
            ["digest"],
            ["backup"],
            ["planner", "add", "U0123ABCD"],
        ):
            assert "`kpibot plan load`" in kpibot(*words, data=tmp_path / "data").sentence

    def test_the_doctor_says_what_to_do_first(self, tmp_path: Path) -> None:
        """And that something is to be done, by its exit code."""
        found = kpibot("doctor", data=tmp_path / "data")
        assert found.code == 1
        assert "✗ データベースがありません。\n    → `kpibot plan load kitamoto-2`" in found.out


class TestSettingUp:
    """What an operator does on the first afternoon."""

    def test_plan_people_and_doctor(self, tmp_path: Path) -> None:
        """Loaded, loaded again without a trace, and examined."""
        data = tmp_path / "data"
        assert "新しい計画です。" in kpibot("plan", "load", "kitamoto-2", data=data).out
        assert "変更はありません。" in kpibot("plan", "load", "kitamoto-2", data=data).out
        people = tmp_path / "people.toml"
        people.write_text(PEOPLE, "utf-8")
        for _ in range(2):
            loaded = kpibot("people", "load", str(people), data=data).out
            assert "いまの登録: 企画担当2人、担当課1課" in loaded
            assert "担当課のない指標が64件あります" in loaded
        assert (
            kpibot("planner", "add", "U0123ABCD", data=data).out == "U0123ABCD は企画担当です。\n"
        )
        found = kpibot("doctor", data=data)
        assert "✓ 企画担当 3人" in found.out
        assert "✗ 担当課のない指標が64件あります" in found.out
        assert found.code == 1

    def test_a_plan_file_is_checked_and_compared_before_it_is_loaded(self, tmp_path: Path) -> None:
        """`--dry-run` writes nothing."""
        data, plan = tmp_path / "data", str(PLANS / "komorebi.toml")
        assert "正しい計画ファイルです。" in kpibot("plan", "check", plan).out
        kpibot("plan", "load", "kitamoto-2", data=data)
        dry = kpibot("plan", "load", plan, "--dry-run", data=data).out
        assert "新しい計画です。" in dry
        assert "読み込みました。" not in dry
        assert (
            "は読み込まれていません。" in kpibot("plan", "show", "komorebi-3", data=data).sentence
        )
        assert "読み込みました。" in kpibot("plan", "load", plan, data=data).out

    def test_what_a_revision_overrides_is_said_before_a_file_is_loaded(
        self, tmp_path: Path
    ) -> None:
        data = tmp_path / "data"
        kpibot("plan", "load", "kitamoto-2", data=data)
        why = By("U0PLANNER", datetime(2025, 6, 3, tzinfo=TOKYO), "test", "理由")
        decided = Decided(2024, "行政経営会議", date(2025, 4, 1))
        with writing(open_db(data / "kpibot.db")) as db:
            changed = Changes(name="新しい名前")
            made = revisions.propose(
                db, why, "kitamoto-2", "1-1b", decided, Changes(name="元の名前"), changed
            )
            revisions.settle(db, replace(why, actor="U0PLANNER2"), made.number, agreed=True)
        said = kpibot("plan", "load", "kitamoto-2", "--dry-run", data=data).out.splitlines()
        (line,) = (each for each in said if "優先します" in each)
        assert line.startswith("指標 1-1b「保育所（園）待機児童数」の指標名は、R6からは見直し")

    def test_all_mistakes_of_a_plan_file_are_said_at_once(self) -> None:
        """Ten of them."""
        said = kpibot("plan", "check", str(PLANS / "ten-mistakes.toml")).sentence
        assert len(said.splitlines()) >= 10

    @pytest.mark.parametrize(
        "words",
        [
            ["plan", "check", "nowhere.toml"],
            ["plan", "load", "nowhere.toml"],
            ["people", "load", "nowhere.toml"],
            ["plan", "check", "."],
            ["people", "load", "."],
            ["plan", "check", "binary"],
            ["people", "load", "binary"],
            ["plan", "show", "nowhere"],
            ["planner", "add", "課長"],
            ["backup", "--out", "binary/inside.db"],
            ["backup", "--out", "binary"],
            ["digest", "--post"],
        ],
        ids=" ".join,
    )
    def test_what_cannot_be_done_is_one_sentence(self, tmp_path: Path, words: list[str]) -> None:
        """In Japanese, with exit code 1."""
        (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
        kpibot("plan", "load", "kitamoto-2", data=tmp_path / "data")
        said = kpibot(*words, data=tmp_path / "data").sentence
        assert JAPANESE.search(said)
        assert len(said.splitlines()) == 1

    def test_a_folder_that_cannot_be_one_is_said(self, tmp_path: Path) -> None:
        """A file stands where the data folder should be; a database is none."""
        (tmp_path / "file").write_text("x")
        assert JAPANESE.search(
            kpibot("plan", "load", "kitamoto-2", data=tmp_path / "file").sentence
        )
        (tmp_path / "kpibot.db").write_bytes(b"no database" * 1000)
        assert "を開けません" in kpibot("ask", "1-1", data=tmp_path).sentence


class TestReport:
    """`kpibot report`."""

    def test_the_first_phase_as_a_whole_from_an_empty_folder(self, tmp_path: Path) -> None:
        """Every form, each in its file, and nothing else is written."""
        out, data = tmp_path / "packet", tmp_path / "data"
        kpibot("report", "--plan", "kitamoto-1", "--whole", "--out", str(out), data=data)
        assert sorted(path.suffix[1:] for path in out.iterdir()) == sorted(FORMATS)
        assert "計画期間総括" in (out / "kitamoto-1-whole.md").read_text("utf-8")
        assert not data.exists()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--year", "来世紀"], "年度として読めません"),
            (["--year", "R9"], "R9の報告はありません"),
            (["--plan", "utopia"], "計画 utopia は読み込まれていません"),
        ],
    )
    def test_what_there_is_no_report_of_is_said(
        self, tmp_path: Path, words: list[str], said: str
    ) -> None:
        """In one sentence, and no file is left."""
        out = tmp_path / "out.md"
        done = kpibot("report", *words, "--format", "md", "--out", str(out), data=tmp_path / "data")
        assert said in done.sentence
        assert not out.exists()


class TestBesideARunningBot:
    """Over the data folder of the office, whose clock the shell goes by."""

    def test_asking_shows_what_everybody_may_see(self, office: Office, child: Person) -> None:
        """The approved figure, and that something waits."""
        child.clicks("提出", child.submits("1-1b R6 12人").message)
        said = kpibot("ask", "1-1b", data=office.folder).out
        assert f"{office.approved(2023)}人" in said
        assert "確認中（値は承認後に表示）" in said
        assert "12人" not in said
        answer = kpibot("ask", "1-1b", "--json", data=office.folder).out
        assert valid(answer, "ask.schema.json")["text"] == said.strip()

    def test_no_plan_file_makes_other_figures_of_those_that_were_given(
        self, office: Office, tmp_path: Path
    ) -> None:
        """人 does not become 千人 behind a figure; another word for the same may stand there."""
        text = resources.files("store.plans").joinpath("kitamoto-2.toml").read_text("utf-8")
        start = text.index('id = "1-1b"')
        changed = tmp_path / "plan.toml"
        for unit, said in (("千人", "別の値になります"), ("名", "「人」→「名」")):
            before, after = text[:start], text[start:].replace('unit = "人"', f'unit = "{unit}"', 1)
            changed.write_text(before + after, "utf-8")
            done = kpibot("plan", "load", str(changed), "--dry-run", data=office.folder)
            assert said in (done.sentence if done.code else done.out)

    def test_a_figure_is_submitted_for_somebody_and_approved_in_slack(
        self, office: Office, planner: Person
    ) -> None:
        """History tells that it came from the shell, who typed it and why."""
        said = submit(office, "1-1b R6 12人 県の公表値", reason="電話での報告による").out
        assert said == "1-1b 保育所（園）待機児童数 12人 を提出しました（確認中）。\n"
        (row,) = office.submissions()
        assert (row["actor"], row["surface"], row["figures"]) == ("U0CHILD", "shell", "12")
        assert "電話での報告による" in row["reason"]
        (audit,) = office.rows("SELECT * FROM audit WHERE act = 'submit_for'")
        assert audit["actor"].startswith("shell:")
        assert (audit["subject"], audit["outcome"]) == ("U0CHILD", "done")
        office.settles()
        planner.approves(planner.inbox("承認のお願い")[-1])
        assert office.approved(2024) == "12"

    def test_a_statistic_that_is_not_out_is_submitted_too(self, office: Office) -> None:
        """The sentence says so."""
        assert "統計公表待ち（10月予定）" in submit(office, "1-1b R6 公表待ち（10月予定）").out

    @pytest.mark.parametrize("user", ["U0STAFF", "U0WELFARE", "U0GONE", "U0GUEST", "U0NOBODY"])
    def test_nobody_submits_what_is_not_theirs(self, office: Office, user: str) -> None:
        """One row in the audit, in the operator's name, and none anywhere else."""
        before = office.business()
        assert JAPANESE.search(submit(office, "1-1b R6 12人", user=user).sentence)
        assert office.business() == before
        (denied,) = office.rows("SELECT * FROM audit WHERE outcome = 'denied'")
        assert denied["actor"].startswith("shell:")
        assert (denied["act"], denied["subject"]) == ("submit_for", user)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("9-9z R6 12人", "という指標は見つかりません。"),
            ("1-1b R6", "指標・年度・値を続けて入力してください。"),
            ("1-1b R6 12件", "単位"),
            ("1-1b R3 12人", "計画期間"),
            ("1-1b R6 NaN", "数ではない値"),
            ("1-1b R6 1200人", "--odd"),
        ],
    )
    def test_what_cannot_be_submitted_is_said(self, office: Office, typed: str, said: str) -> None:
        """Nothing is registered."""
        before = office.business()
        assert said in submit(office, typed).sentence
        assert office.business() == before

    def test_an_odd_figure_needs_a_word(self, office: Office) -> None:
        """The planners are told what is odd about it."""
        submit(office, "1-1b R6 1200人", "--odd")
        office.settles()
        assert (
            "このまま提出しますか" in office.person("U0PLANNER").inbox("承認のお願い")[-1]["text"]
        )

    def test_a_reason_is_more_than_blanks(self, office: Office) -> None:
        """It stays in history."""
        assert "--reason" in submit(office, "1-1b R6 12人", reason=" ").sentence
        assert office.submissions() == []

    def test_the_digest_is_printed_or_posted_by_the_bot(self, office: Office) -> None:
        """Printing changes nothing; posting goes through the outbox."""
        before = office.business()
        assert "総合戦略 週報" in kpibot("digest", data=office.folder).out
        assert office.business() == before
        assert "送信待ち" in kpibot("digest", "--post", data=office.folder).out
        office.settles()
        assert len(office.person("U0STAFF").reads("C0DIGEST", "週報")) == 1

    def test_a_backup_holds_everything_and_is_never_written_over(
        self, office: Office, tmp_path: Path
    ) -> None:
        """A folder made of it answers as the office does."""
        target = tmp_path / "copy" / "kpibot.db"
        assert "整合性 ok" in kpibot("backup", "--out", str(target), data=office.folder).out
        mine = kpibot("ask", "1-1b", data=office.folder).out
        assert kpibot("ask", "1-1b", data=target.parent).out == mine
        again = kpibot("backup", "--out", str(target), data=office.folder)
        assert "すでにあります。" in again.sentence
        kpibot("backup", data=office.folder)
        (kept,) = (office.folder / "backups").glob("kpibot-20250603-10*.db")
        kept.unlink()

    def test_the_doctor_finds_the_office_well(self, office: Office) -> None:
        """But for tokens, which a sandbox has none of."""
        found = kpibot("doctor", data=office.folder)
        assert "✓ データベースの種類: 試用（サンプル入り）" in found.out
        assert "✓ 照会: R6、提出期限 2025-06-12" in found.out
        assert "✓ すべての指標に担当課があります。" in found.out
        assert found.out.endswith("問題はありません。\n")
        assert found.code == 0


def submit(
    office: Office, typed: str, *more: str, user: str = "U0CHILD", reason: str = "電話"
) -> Any:
    """`kpibot submit …`."""
    words = ["submit", *typed.split(), "--as", user, "--reason", reason, *more]
    return kpibot(*words, data=office.folder)


MISUSED = {
    "nothing": "「nothing」というコマンドはありません。",
    "submit 1-1b": "--as を指定してください。",
    "submit --as U0CHILD --reason x": "WORDS を指定してください。",
    "run --port 99999": "--port: 0〜65535 の数です。",
    "run --port -1": "--port: 0〜65535 の数です。",
    "plan check": "FILE を指定してください。",
    "plan check a b": "余分な言葉があります: b",
    "ask --nothing": "--nothing という指定はありません。",
    "backup --out": "--out の後に値を書いてください。",
    "--data": "--data の後に値を書いてください。",
    "report --format doc": "--format: pdf",
    "restore /nowhere.db": "FILE: /nowhere.db がありません。",
    "import /": "FILE: / はフォルダです。",
}


@pytest.mark.parametrize("typed", MISUSED)
def test_wrong_usage_is_exit_code_2(typed: str) -> None:
    """With how it is used, and what was wrong, in Japanese."""
    found = kpibot(*typed.split())
    assert found.code == 2
    first, said, last = found.err.splitlines()
    assert first.startswith("使い方: ")
    assert said.startswith(MISUSED[typed])
    assert last.endswith("--help` で出ます。")


def test_a_group_without_a_command_shows_its_help() -> None:
    assert "計画ファイルを確かめる" in kpibot("plan").err


def test_nothing_is_approved_from_the_shell() -> None:
    """There is no such command."""
    assert {"approve", "return", "send-back"} & set(COMMANDS) == set()


def test_every_command_says_in_japanese_what_it_does() -> None:
    """With all its options."""
    for name, command in all_commands(main).items():
        assert JAPANESE.search(command.help or ""), name
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_eager:
                told = option.help or ""
                assert JAPANESE.search(told), f"{name} {option.name}"


def test_the_installed_command_has_the_exit_codes(tmp_path: Path) -> None:
    """0 done, 1 with a sentence on stderr, 2 for usage."""
    running = [
        begin(*words, cwd=tmp_path)
        for words in (["ask", "1-1"], ["plan", "check", "nowhere.toml"], ["submit"])
    ]
    done, failed, misused = [ended(each) for each in running]
    assert (done.code, done.err) == (0, "")
    assert "子育て支援の充実" in done.out
    assert "ファイルが見つかりません。" in failed.sentence
    assert misused.code == 2


@pytest.mark.parametrize(
    ("name", "value"), [("KPIBOT_LOG_LEVEL", "LOUD"), ("KPIBOT_LOG_LEVEL", "{}")]
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    """Without its value, which may be a secret."""
    said = kpibot("ask", "1-1", env={name: value}).sentence
    assert f"設定 {name} の値を読めません。" in said
    assert value not in said
