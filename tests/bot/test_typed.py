"""What people type into the forms about remarks, revisions, reports and settings is shown as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

import pytest

from bot.drawing_up import drawn_up
from reports.progress.printing import printed
from store import shelf
from tests.bot.giving import PLAN
from tests.bot.office import Office
from tests.bot.people import Person, Seen
from tests.bot.test_remarks import offered, said, written
from tests.bot.test_revisions import changed
from tests.bot.test_safety import calls_nobody, everything, letters
from tests.sandbox.hands import Json

HOSTILE = (
    '=HYPERLINK("http://x","y") <!channel> <@U0STAFF> <https://example.invalid|市> &amp; & '
    "*太字* `c` a\x00b\x07 \u202e逆\u202c #import $x$ \\ ```ブロック```"
)
LONG = "<&>" * 1000


def typed_into(form: Json, text: str) -> Json:
    """The text in every field of a form that takes any."""
    return {
        block["block_id"]: {"typed": {"type": "plain_text_input", "value": text}}
        for block in form["blocks"]
        if block.get("element", {}).get("type") == "plain_text_input"
    }


def strings_of(found: Any) -> Iterator[str]:
    """Every string that is shown; `state` is what somebody typed themselves."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from strings_of(value) if name != "state" else ()
    elif isinstance(found, list):
        for value in found:
            yield from strings_of(value)
    elif isinstance(found, str):
        yield found


@dataclass
class Typist:
    """Types one text into every form there is, as long as it may be and longer.

    `told` is what came back of each form, `shown` every form and Home as it then stood.
    """

    office: Office
    text: str
    told: dict[str, Seen] = field(default_factory=dict)
    shown: list[Json] = field(default_factory=list)

    def fills(self, what: str, person: Person, form: Json, **more: Json) -> None:
        """Send the form with the text wherever there is room; what came back."""
        filled = {**typed_into(form, self.text), **more}
        self.told[what] = person.sends(form, filled, force=True)
        self.shown += person.forms()
        for each in person.forms():
            person.closes(each)
        self.office.settles()


def type_everywhere(typist: Typist) -> None:
    """By the people whose forms they are."""
    office = typist.office
    child, planner, planner2 = map(office.person, ("U0CHILD", "U0PLANNER", "U0PLANNER2"))
    opened = child.clicks("取組内容を書く", child.asks("1-1b").message).view
    chosen = {"direction": written()["direction"]}
    typist.fills("effort", child, opened, **chosen)
    opened = planner.clicks("意見を追加", planner.administers("意見").message).view
    (subject,) = [s for s in offered(planner, opened) if s["value"] == "indicator:1-1b"]
    about = {**said(), "subject": {"pick_subject": {"selected_option": subject}}}
    typist.fills("opinion", planner, opened, **{k: v for k, v in about.items() if k != "text"})
    asked = child.inbox("意見")[-1]
    typist.fills("answer", child, child.clicks("対応を書く", asked).view)
    opened = planner.administers("見直し 1-1a").view
    words = {"name", "decided_by", "reason"}
    kept = {k: v for k, v in opened["state"]["values"].items() if k not in words}
    days = {k: v for k, v in changed().items() if k not in words}
    typist.fills("revision", planner, opened, **{**kept, **days})
    planner2.clicks("見直しを確定する", planner2.inbox("見直しの提案")[-1])
    office.settles()
    opened = planner.clicks("期間を加える", planner.administers("静穏").message).view
    days = {
        "first_day": {"picked": {"selected_date": "2025-08-01"}},
        "last_day": {"picked": {"selected_date": "2025-08-02"}},
    }
    short = {"name": {"typed": {"value": typist.text[:30]}}}
    typist.fills("quiet", planner, opened, **days, **short)
    opened = planner.clicks("文章を直す", planner.administers("報告 R6").message).view
    typist.fills("report", planner, opened)
    opened = planner.clicks("確認中を残して締めを提案", planner.administers("締め").message).view
    typist.fills("lock", planner, opened)


@pytest.fixture(scope="module", params=[HOSTILE, LONG], ids=["hostile", "long"])
def typist(running_office: Office, request: pytest.FixtureRequest) -> Iterator[Typist]:
    """One text typed everywhere, and every page opened that shows it."""
    running_office.anew()
    made = Typist(running_office, request.param)
    type_everywhere(made)
    planner, child = map(running_office.person, ("U0PLANNER", "U0CHILD"))
    for words in ("意見", "見直し", "静穏", "報告 R6", "締め", "履歴", "サイクル"):
        planner.administers(words)
    for words in ("1-1a", "1-1b", "答弁 1-1a", "答弁 1-1b"):
        child.asks(words)
    made.shown += [child.at_home(), planner.at_home()]
    yield made
    running_office.anew()


def test_every_form_takes_it_or_says_why_not(typist: Typist) -> None:
    for what, told in typist.told.items():
        assert told.answer["acked"], (what, told)
        assert "照会番号" not in str(told.answer), (what, told)
        assert not told.errors, (what, told.errors)


def test_none_of_it_is_live_or_breaks_a_message(typist: Typist) -> None:
    found = everything(typist.office) + typist.shown
    calls_nobody(found)
    assert not set("\u202e\x00\x07") & set("".join(strings_of(found)))
    assert "照会番号" not in str(found)
    assert typist.office.refused_by_slack() == []


def test_the_report_s_files_hold_it_as_text(typist: Typist) -> None:
    desk = typist.office.bot.desk
    report = drawn_up(
        desk.db, shelf.read(desk.db, PLAN), desk.today, "progress", 2024, charts=False
    )
    with ZipFile(io.BytesIO(printed(report, "xlsx"))) as book:
        cells = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))
    assert "<f>" not in cells
    assert "<hyperlink" not in cells
    rows = list(csv.reader(io.StringIO(printed(report, "csv").decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t"))]
    shown = letters(typist.text)[:20]
    assert shown in letters(printed(report, "md").decode())


def test_what_is_refused_in_a_form_comes_back_as_it_was_typed(typist: Typist) -> None:
    """Beside a field Slack shows letters as they are, so that nothing there is escaped."""
    planner = typist.office.person("U0PLANNER")
    form = planner.clicks("期間を加える", planner.administers("静穏").message).view
    days = {
        f"{each}_day": {"picked": {"selected_date": "2025-09-01"}} for each in ("first", "last")
    }
    name = {"name": {"typed": {"value": "<&>" * 11}}}
    told = planner.sends(form, {**days, **name}, force=True)
    assert f"入力された内容: {'<&>' * 11}" in told.errors["name"]
