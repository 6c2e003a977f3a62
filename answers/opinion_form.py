"""The forms to enter or mend an opinion, and to write what was done about one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answers.content import Block, cut, plain
from answers.fields import chosen, day, field_of, option, select, text_field, ticked, typed, view
from answers.layout import say
from answers.opinion_lines import PLANNERS, Opinions, opinion_lines
from answers.people_fields import box_field
from answers.spans import line
from answers.subjects import EVERYTHING, subject_named, subject_said, subject_value, subjects_of
from store.departments import Department
from store.errors import BadForm
from store.fiscal import era
from store.opinions import LONGEST, Said
from store.plan import Plan
from store.reading.seen import readable
from store.remarks import BODIES, Body, Opinion, Subject, body_name
from store.spelling import key

ENTER = "opinion"
YEAR, BODY, HELD_ON, SUBJECT = "collection", "body", "held_on", "subject"
TEXT, OWNER, DUE, GONE = "text", "owner", "due", "gone"
PICK = "pick_subject"
_OF_SUBJECT, _OF_PLANNERS = "-", "="
NO_BODY = "どの会議の意見かを選んでください。"
NO_DAY = "会議の日を選んでください。"
NO_SUBJECT = f"何についての意見かを選んでください。全体への意見は「{EVERYTHING}」です。"
NO_TEXT = "意見を書いてください。"
NO_DUE = "いつまでに対応を書くかを選んでください。期限の前にお知らせします。"
DUE_TOO_EARLY = "期限が会議の日より前です。会議の日以後の日を選んでください。"
MOST_OPTIONS = 100


@dataclass(frozen=True)
class Entered:
    """A form as it was filled in. `owner_of_subject`: whoever owns the subject is to answer."""

    collection: int
    said: Said
    owner_of_subject: bool
    gone: bool = False


def enter_form(
    plan: Plan,
    years: Sequence[int],
    departments: Iterable[Department],
    held: Opinion | None = None,
) -> dict[str, Any]:
    """The modal (callback `opinion`), empty or with an opinion to be mended."""
    blocks = [
        *([] if held else [_years(years)]),
        _bodies(plan, held),
        _day(HELD_ON, "会議の日", held.held_on.isoformat() if held else None),
        _subject(plan, held),
        text_field(
            TEXT,
            "意見",
            held.text if held else None,
            hint="会議で出た言葉のまま、1件ずつ",
            most=LONGEST,
            multiline=True,
            optional=False,
        ),
        _owner(departments, held),
        _day(DUE, "対応の期限", held.due.isoformat() if held and held.due else None),
        *([box_field(GONE, "取消", "この意見を取り消す（誤って入力したとき）")] if held else []),
    ]
    title = f"意見 #{held.number} を直す" if held else "意見を追加"
    seen = f"{held.number}|{held.version}" if held else "0|0"
    return view(ENTER, title, "保存", blocks, f"{plan.id}|{seen}")


def read_enter(
    sent: Mapping[str, Any], plan: Plan, years: Sequence[int], held: Opinion | None
) -> Entered:
    """What a filled form says. Raises BadForm with a sentence for every wrong field."""
    state, wrong = sent["state"]["values"], dict[str, str]()
    picked = next((year for year in years if str(year) == chosen(state, YEAR)), None)
    year = held.collection if held else picked
    if year is None:
        wrong[YEAR] = "どの年度の実績についての意見かを選んでください。"
    body: Body | None = next((each for each in BODIES if each == chosen(state, BODY)), None)
    subject = subject_named(plan, chosen(state, SUBJECT) or "")
    if subject is None and held and held.subject.id and chosen(state, SUBJECT):
        subject = held.subject
    held_on, text = day(state, HELD_ON), readable(typed(state, TEXT)) or ""
    if body is None:
        wrong[BODY] = NO_BODY
    if held_on is None:
        wrong[HELD_ON] = NO_DAY
    if subject is None:
        wrong[SUBJECT] = NO_SUBJECT
    if not text:
        wrong[TEXT] = NO_TEXT
    due = day(state, DUE)
    if due is None:
        wrong[DUE] = NO_DUE
    elif held_on and due < held_on:
        wrong[DUE] = DUE_TOO_EARLY
    if wrong or year is None or body is None or held_on is None or subject is None:
        raise BadForm(wrong)
    owner = chosen(state, OWNER) or _OF_SUBJECT
    department = None if owner in {_OF_SUBJECT, _OF_PLANNERS} else owner
    said = Said(body, held_on, subject, text[:LONGEST], department, due)
    return Entered(year, said, owner == _OF_SUBJECT, ticked(state, GONE))


def subject_options(plan: Plan, letters: str) -> list[Block]:
    """What an opinion can be about, by what is typed; at most as many as Slack takes."""
    wanted = key(letters)
    there = (each for each in subjects_of(plan) if wanted in key(subject_said(plan, each)))
    return [_option(plan, each) for each in there][:MOST_OPTIONS]


def opinion_saved(title: str, said: str, opinion: Opinion | None, seen: Opinions) -> dict[str, Any]:
    """What a form becomes."""
    lines = opinion_lines(opinion, seen) if opinion else ()
    made = view(ENTER, title, None, say(line(said), *lines).blocks, close="閉じる")
    return {**made, "clear_on_close": True}


def _years(years: Sequence[int]) -> Block:
    options = [option(f"{era(year)}の実績", str(year)) for year in years]
    return field_of(YEAR, "報告年度", select("year", "選ぶ", options, options[0]))


def _bodies(plan: Plan, held: Opinion | None) -> Block:
    options = [option(body_name(each, plan.labels), each) for each in BODIES]
    first = next((o for o in options if held and o["value"] == held.body), None)
    return field_of(BODY, "会議", select("chosen", "選ぶ", options, first))


def _day(block: str, label: str, initial: str | None) -> Block:
    picker: Block = {"type": "datepicker", "action_id": "picked"}
    if initial:
        picker["initial_date"] = initial
    return field_of(block, label, picker)


def _subject(plan: Plan, held: Opinion | None) -> Block:
    menu: Block = {
        "type": "external_select",
        "action_id": PICK,
        "placeholder": plain("番号か名前で探す", 150),
        "min_query_length": 0,
    }
    if held:
        menu["initial_option"] = _option(plan, held.subject)
    return field_of(SUBJECT, "何についての意見か", menu)


def _option(plan: Plan, subject: Subject) -> Block:
    return option(cut(subject_said(plan, subject), 75), subject_value(subject))


def _owner(departments: Iterable[Department], held: Opinion | None) -> Block:
    options = list(_owners(departments))
    now = (held.department or _OF_PLANNERS) if held else _OF_SUBJECT
    first = next((o for o in options if o["value"] == now), options[0])
    return field_of(OWNER, "対応する課", select("chosen", "選ぶ", options, first))


def _owners(departments: Iterable[Department]) -> Iterator[Block]:
    yield option("対象の担当課（指標でなければ企画担当）", _OF_SUBJECT)
    yield option(PLANNERS, _OF_PLANNERS)
    yield from [option(each.name, each.id) for each in departments][: MOST_OPTIONS - 2]
