"""履歴: of one indicator in a modal, of everything on the planning section's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from answers.admin_menu import admin_button
from answers.content import Block, Content, button, cut
from answers.event_words import WORDS
from answers.events import Reader, event_said
from answers.facts import day_of
from answers.fields import view
from answers.layout import Part, compose, heading, quiet, row, say
from answers.ledger_words import EXAMPLES, SPANS, Sought
from answers.spans import Bold, Channel, Code, Line, line, sentence
from store.fiscal import era
from store.ledger import Event
from store.ledger_rows import What
from store.plan import Indicator

CALLBACK = "ledger"
ACTION = "ledger:"
CSV = "ledger_csv"
WORD = "履歴"
IN_MODAL, IN_MESSAGE = 15, 15
OFFERED: tuple[What, ...] = ("submit", "approve", "return", "correct", "compare", "card", "assign")


def ledger_button(plan: str, indicator: str, page: int = 1, label: str = WORD) -> Block:
    """The button that opens an indicator's history, or another page of it."""
    return button(label, f"{ACTION}{indicator}:{page}", f"{plan}|{indicator}|{page}")


def ledger_view(
    indicator: Indicator, events: Sequence[Event], count: int, page: int, reader: Reader
) -> dict[str, Any]:
    """The modal: a page of what was done, the newest first (callback `ledger`)."""
    last = _last(count, IN_MODAL)
    turns = [
        ledger_button(reader.plan.id, indicator.id, to, label)
        for to, label in ((page - 1, "新しいほうへ"), (page + 1, "古いほうへ"))
        if 1 <= to <= last
    ]
    said = compose(
        (
            say(
                line(Bold(indicator.name), " ", Code(indicator.id)), line(_place(count, page, last))
            ),
            *(event_part(each, reader, named=False) for each in events),
            row(turns) if turns else None,
        )
    )
    return view(CALLBACK, WORD, None, said.blocks, close="閉じる")


def ledger_page(
    sought: Sought, events: Sequence[Event], count: int, reader: Reader, departments: dict[str, str]
) -> Content:
    """The planning section's page: what is looked for, a page of it, and ways to narrow it down."""
    last = _last(count, IN_MESSAGE)
    page = min(sought.page, last)
    return compose(
        (
            heading(f"{WORD}（だれが・いつ・何を・なぜ・どこから）"),
            say(*_looked_for(sought, reader, departments), line(_place(count, page, last))),
            *(event_part(each, reader, named=True) for each in events),
            row(list(_turns(sought, page, last))) if last > 1 else None,
            row([*_times(sought, reader)]),
            row([*_kinds(sought)]),
            row([button("CSVで受け取る", CSV, sought.words)]) if count else None,
            quiet(line("言葉でも絞り込めます。"), sentence(EXAMPLES)),
        )
    )


def event_part(event: Event, reader: Reader, *, named: bool) -> Part:
    """An event in two lines; `named` where several indicators are listed."""
    said = event_said(event, reader)
    found = reader.plan.by_id.get(said.about)
    about = (" ", Code(found.id), f" {found.name}") if named and found else ()
    channel = ("　", Channel(said.channel)) if said.channel else ()
    head = line(Bold(said.what), *about, *channel, f"　{said.value}" if said.value else "")
    when = f"{day_of(event.at, reader.today)} {event.at[11:16]}"
    return say(head, line("　".join((when, f"{said.who}（{said.where}）", *said.more))))


def csv_said(rows: int) -> Content:
    """Where the file went."""
    return compose((say(line(f"{WORD}{rows}件のCSVを、kpibot との DM に送りました。")),))


def csv_not_sent() -> Content:
    """The file could not be sent."""
    return compose(
        (
            say(line(f"{WORD}のCSVを送れませんでした。")),
            quiet(line("少し待ってから、もう一度お試しください。")),
        )
    )


def _looked_for(sought: Sought, reader: Reader, departments: dict[str, str]) -> Iterator[Line]:
    found = reader.plan.by_id.get(sought.indicator or "")
    said = [
        f"{found.id} {found.name}" if found else None,
        departments.get(sought.department or ""),
        reader.names.get(sought.person or "", sought.person),
        sought.span,
        f"{era(sought.collection)}報告分" if sought.collection is not None else None,
        "・".join(WORDS[kind] for kind in sought.kinds) or None,
    ]
    narrowed = "・".join(each for each in said if each)
    yield line("絞り込み: ", narrowed or "なし（すべて）")
    if sought.unknown:
        yield line("読み取れなかった言葉: ", Code(cut(" ".join(sought.unknown), 100)))


def _place(count: int, page: int, last: int) -> str:
    if not count:
        return "記録はありません。"
    return f"{count}件" + (f"（{page}/{last}ページ、新しい順）" if last > 1 else "（新しい順）")


def _last(count: int, of_page: int) -> int:
    return max(1, -(-count // of_page))


def _turns(sought: Sought, page: int, last: int) -> Iterator[Block]:
    for to, label in ((page - 1, "新しいほうへ"), (page + 1, "古いほうへ")):
        if 1 <= to <= last:
            yield _admin(label, f"{sought.words} {to}ページ")


def _times(sought: Sought, reader: Reader) -> Iterator[Block]:
    whole = replace(sought, span=None, collection=None, page=1)
    if whole.words != sought.words:
        yield _admin("すべての期間", whole.words)
    for span in SPANS:
        if span != sought.span:
            yield _admin(span, replace(whole, span=span).words)
    years = range(reader.plan.first_year or 0, (reader.plan.last_year or -1) + 1)
    for year in [y for y in years if y < reader.today.year and y != sought.collection][-6:]:
        yield _admin(f"{era(year)}報告分", replace(whole, collection=year).words)


def _kinds(sought: Sought) -> Iterator[Block]:
    if sought.kinds:
        yield _admin("すべての操作", replace(sought, kinds=(), page=1).words)
    for kind in OFFERED:
        if sought.kinds != (kind,):
            yield _admin(WORDS[kind], replace(sought, kinds=(kind,), page=1).words)


def _admin(label: str, words: str) -> Block:
    return admin_button(label, f"{WORD} {words}".strip())
