"""A sheet of opinions that came back, row by row: what it would record, what is wrong with it and where.

A row that cannot be taken keeps no other back. What opinions ever said is known: a row that says
it again is on record already, however often its file is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from answers.content import cut
from answers.facts import show_day
from answers.opinion_cells import MOST_QUOTED, Entry, read_entry
from answers.opinion_given import GivenOpinion, OnRecord
from answers.opinion_lines import PLANNERS, whose
from answers.opinion_sheet import KINDS
from answers.opinion_words import department_in
from answers.sheet_rows import GOOD, RowState
from answers.spans import one_line
from answers.subjects import subject_said
from reports.sheet.filled import Filled, FilledRow
from reports.sheet.form import FREE
from store.departments import Department
from store.opinions import LONGEST, Said
from store.reading.seen import readable
from store.remarks import Opinion, body_name
from store.spelling import key

NOT_HERE = "A列の管理番号が、この様式のものではありません。元に戻してください。"
MOVED = "番号がA列の管理番号と合いません。行を元に戻すか、新しい様式を受け取ってください。"
TWICE = "{line}行目と同じ意見です。どちらか1つだけ残してください。"
FIXED = "#{number} の{column}は、このファイルでは直せません。元に戻すか、画面の〔直す〕から直してください。"
DIFFERS = "#{number} として記録済みの意見です。{column}は、画面の〔直す〕から直してください。"
GONE = "#{number} は取り消されています。もう一度記録するときは、画面の〔意見を追加〕から入力してください。"
_NUMBERED = re.compile(r"opinion:([0-9]{1,9})")
# What a file cannot change, since whose it is may change while the file is on its way.
ASIDE = (
    "担当は{owner}です。担当課の欄の「{typed}」は反映されません。変えるときは、画面の〔直す〕から。"
)
_PRINTED = {
    "body": "会議",
    "held_on": "日付",
    "kind": "種類",
    "subject": "対象",
    "text": "意見",
    "due": "回答期限",
}


def judge_opinions(filled: Filled, record: OnRecord) -> tuple[GivenOpinion, ...]:
    """Every row that says something, in the file's order."""
    return tuple(_each_once(filled, record))


def _each_once(filled: Filled, record: OnRecord) -> Iterator[GivenOpinion]:
    first: dict[object, int] = {}
    for row in filled.rows:
        given = _numbered(row, record) if _is_numbered(row) else _free(row, record)
        if given is None:
            continue
        what = given.number or (given.entry and given.entry.said.identity)
        told = given.state in GOOD
        before = first.setdefault(what, row.number) if told else row.number
        yield given if before == row.number else _wrong(row, "text", TWICE.format(line=before))


def _is_numbered(row: FilledRow) -> bool:
    return bool(row.key) and not row.key.startswith(FREE)


def _free(row: FilledRow, record: OnRecord) -> GivenOpinion | None:
    """A row for a new opinion; the meeting alone, which may stand there from the start, says nothing."""
    if not any(c.text or c.trouble for name, c in row.cells.items() if name != "body"):
        return None
    if row.cells["number"].text:
        return _wrong(row, "number", MOVED)
    entry = read_entry(row, record.plan, record.departments.values(), record.today)
    if not isinstance(entry, Entry):
        return _given(row, RowState.WRONG, mistakes=tuple(entry))
    number = record.saying(entry.said)
    if number is not None:
        return _known(row, number, entry, record)
    return _given(
        row,
        RowState.NEW,
        about=subject_said(record.plan, entry.said.subject),
        given=_said(entry.said, record.owner(entry), record),
        entry=entry,
        answer=_answer(row),
    )


def _known(row: FilledRow, number: int, entry: Entry, record: OnRecord) -> GivenOpinion:
    """A free row that says what is on record: of use for its answer only."""
    if number not in record.held:
        return _wrong(row, "text", GONE.format(number=number))
    said = record.of(number)
    if entry.said.due not in {each.due for each in said}:
        return _wrong(row, "due", DIFFERS.format(number=number, column="回答期限"))
    if not entry.owner_of_subject and entry.said.department not in {e.department for e in said}:
        return _wrong(row, "department", DIFFERS.format(number=number, column="担当課"))
    return _answered(row, record.held[number], record)


def _numbered(row: FilledRow, record: OnRecord) -> GivenOpinion | None:
    """A row of an opinion that was on record when the sheet was issued."""
    found = _NUMBERED.fullmatch(row.key)
    number = int(found[1]) if found else 0
    if number not in record.issued:
        return _wrong(row, "number", NOT_HERE)
    if troubles := tuple((c.address, c.trouble) for c in row.cells.values() if c.trouble):
        return _given(row, RowState.WRONG, mistakes=troubles)
    if row.cells["number"].text != f"#{number}":
        return _wrong(row, "number", MOVED)
    if column := _changed(row, number, record):
        return _wrong(row, column, FIXED.format(number=number, column=_PRINTED[column]))
    if number in record.held:
        return _answered(row, record.held[number], record)
    unsaid = _answer(row) in {None, record.issued[number]}
    return None if unsaid else _wrong(row, "answer", GONE.format(number=number))


def _answered(row: FilledRow, opinion: Opinion, record: OnRecord) -> GivenOpinion:
    answer, newest = _answer(row), opinion.answer
    known = {record.issued.get(opinion.number), *(each.text for each in opinion.answers)}
    return _given(
        row,
        RowState.UNCHANGED if answer is None or answer in known else RowState.CHANGED,
        about=f"#{opinion.number} {subject_said(record.plan, opinion.subject)}",
        number=opinion.number,
        answer=answer,
        seen=newest.number if newest else 0,
        aside=_aside(row, opinion, record) if _is_numbered(row) else "",
    )


def _aside(row: FilledRow, opinion: Opinion, record: OnRecord) -> str:
    """What a department says that was typed over the one to answer."""
    owner, typed = record.departments.get(opinion.department or ""), row.cells["department"].text
    same = department_in(typed, [owner]) if owner else key(typed) == key(PLANNERS)
    if not typed or same:
        return ""
    return ASIDE.format(owner=whose(owner), typed=cut(one_line(typed), MOST_QUOTED))


def _changed(row: FilledRow, number: int, record: OnRecord) -> str | None:
    """The first column that says what this opinion never said."""
    said = [_printed(each, record) for each in record.of(number)]
    for column in _PRINTED:
        if _plain(row.cells[column].text) not in {_plain(each[column]) for each in said}:
            return column
    return None


def _printed(said: Said, record: OnRecord) -> dict[str, str]:
    return {
        "body": body_name(said.body, record.plan.labels),
        "held_on": said.held_on.isoformat(),
        "kind": KINDS[said.subject.kind],
        "subject": subject_said(record.plan, said.subject),
        "text": said.text,
        "due": said.due.isoformat() if said.due else "",
    }


def _plain(text: str) -> str:
    return "".join(text.split())


def _said(said: Said, owner: Department | None, record: OnRecord) -> str:
    """`外部有識者会議（8/24）　担当 こども課　期限 10/1`."""
    day, due = show_day(said.held_on, record.today), said.due
    until = f"　期限 {show_day(due, record.today)}" if due else ""
    return f"{body_name(said.body, record.plan.labels)}（{day}）　担当 {whose(owner)}{until}"


def _answer(row: FilledRow) -> str | None:
    return (readable(row.cells["answer"].text) or "")[:LONGEST] or None


def _wrong(row: FilledRow, column: str, sentence: str) -> GivenOpinion:
    return _given(row, RowState.WRONG, mistakes=((row.cells[column].address, sentence),))


def _given(row: FilledRow, state: RowState, **more: Any) -> GivenOpinion:
    return GivenOpinion(state, row.number, words=row.cells["text"].text, **more)
