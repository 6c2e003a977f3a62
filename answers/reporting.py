"""`/kpi-admin 報告` and `総括`: what a report says so far, and the form in which its texts are edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from answers.approval import Names
from answers.content import Block, Content, asked_first, button
from answers.facts import day_of
from answers.fields import text_field, typed, view
from answers.layout import Part, compose, heading, quiet, row, say
from answers.spans import Bold, Line, line, one_line
from answers.words import SAMPLE
from reports.progress.about import states
from reports.progress.model import Passage, Report, Tally
from store.errors import BadForm
from store.fiscal import era
from store.reading.seen import readable
from store.report_texts import MOST, Texts
from store.terms import ROLES

EDIT, FINISH, FILES = "report:edit", "report:finish", "report:files"
WHY = "why"
FORM = "report_texts"
NO_FILES = "報告書のファイルを送れませんでした。少し待ってからもう一度押してください。"


def report_page(report: Report, texts: Texts, names: Names, today: date) -> Content:
    """Where the report stands, what it says of all goals, counts of each, and what can be done."""
    return compose(
        (
            heading(f"{report.plan.title}　{report.title}"),
            quiet(line("、".join(states(report)))),
            *(say(line(Bold(warning))) for warning in _warnings(report)),
            say(*_paragraphs(report.overall)),
            say(*_goals(report)),
            _history(report, texts, names, today),
            row(list(_buttons(report))),
        )
    )


def _warnings(report: Report) -> Iterator[str]:
    stale = [_part_said(report, each.part) for each in report.passages if each.stale]
    if stale:
        yield (
            f"文章を直した後に数値が変わりました（{'、'.join(stale)}）。"
            "〔文章を直す〕で確かめてください。"
        )


def _paragraphs(passage: Passage) -> Iterator[Line]:
    return (line(paragraph) for paragraph in passage.text.split("\n") if paragraph.strip())


def _goals(report: Report) -> Iterator[Line]:
    for part in report.goals:
        counts = "　".join(f"{ROLES[r]} {_counts(t)}" for r, t in part.tallies.items() if t.total)
        edited = "（文章を修正済み）" if part.passage.source == "edited" else ""
        yield line(Bold(part.goal.label), f" {one_line(part.goal.title)}{edited}")
        yield line(f"　{counts}")


def _counts(tally: Tally) -> str:
    return "・".join(f"{count.label} {count.count}" for count in tally.counts if count.count)


def _history(report: Report, texts: Texts, names: Names, today: date) -> Part | None:
    said = tuple(_told(report, texts, names, today))
    return quiet(*said) if said else None


def _told(report: Report, texts: Texts, names: Names, today: date) -> Iterator[Line]:
    if texts.version:
        who = names.get(texts.actor, texts.actor)
        yield line(f"文章の修正 {day_of(texts.at, today)} {who}")
    if final := texts.final:
        yield line(f"確定 {day_of(final.at, today)} {names.get(final.actor, final.actor)}")
    if not report.final:
        said = "文章を直さなければ、数値から作った下書きが載ります。"
        yield line(f"{said}確定するまでは「案」と表示します。")


def _buttons(report: Report) -> Iterator[Block]:
    named = value_of(report)
    yield button("文章を直す", EDIT, named)
    if not report.final:
        finish = button("確定", FINISH, named, "primary")
        said = "いまの評価の文を確定します。後で直すには理由が要り、案に戻ります。"
        yield asked_first(finish, "評価の文の確定", said, "確定する")
    yield button("ファイルを受け取る", FILES, named)


def value_of(report: Report) -> str:
    """`progress|kitamoto-2|2024`: which report a button is about."""
    return f"{report.kind}|{report.plan.id}|{report.year}"


def texts_form(report: Report, texts: Texts) -> dict[str, Any]:
    """A field for each passage (callback `report_texts`), as it stands now.

    Of final texts a reason is asked. A passage longer than a field takes is not offered.
    """
    blocks: list[Block] = []
    if texts.final:
        why = "確定した文章です。直すと案に戻ります。"
        blocks += say(line(Bold(why))).blocks
        blocks.append(text_field(WHY, "直す理由", most=500, optional=False))
    for passage in report.passages:
        blocks += _field(report, passage, texts.version)
    blocks += quiet(
        line("空にして保存すると、元の文（計画書の文、なければ下書き）に戻ります。")
    ).blocks
    named = f"{value_of(report)}|{texts.version}"
    return view(FORM, f"{_when(report)}の評価の文", "保存", blocks, named)


def _when(report: Report) -> str:
    return era(report.year) if report.kind == "progress" else "総括"


def _field(report: Report, passage: Passage, version: int) -> Iterator[Block]:
    label = _part_said(report, passage.part)
    if len(passage.text) > MOST:
        said = f"{label}: {MOST}文字を超えるため、ここでは直せません。"
        yield from quiet(line(said)).blocks
        return
    if passage.stale:
        yield from say(line(Bold(f"{label}: 直した後に数値が変わりました。いまの下書き:"))).blocks
        yield from quiet(*map(line, passage.basis.split("\n"))).blocks
    block = field_named(passage.part, version)
    yield text_field(block, label, passage.text, most=MOST, multiline=True)


def field_named(part: str, version: int) -> str:
    """A field is named by the version too, so that a form shown anew keeps nothing of the old."""
    return f"text:{version}:{part}"


def _part_said(report: Report, part: str) -> str:
    found = (each.goal.label for each in report.goals if each.goal.id == part)
    return next(found, "全体")


@dataclass(frozen=True)
class Sent:
    """What a filled form changes: by part the text, None to go back to the draft."""

    passages: Mapping[str, str | None]
    reason: str | None


def read_texts(sent: Mapping[str, Any], report: Report, texts: Texts) -> Sent:
    """What a filled form changes. Raises BadForm for a final text without a reason.

    A passage that is old already counts as looked at when it is saved as it is.
    """
    state = sent["state"]["values"]
    changed: dict[str, str | None] = {}
    for passage in report.passages:
        block = field_named(passage.part, texts.version)
        if block not in state:
            continue
        text = readable(typed(state, block))
        if text != passage.text.strip() or passage.stale:
            changed[passage.part] = None if text in {None, passage.basis.strip()} else text
    reason = readable(typed(state, WHY))
    if texts.final and changed and not reason:
        raise BadForm({WHY: "直す理由を書いてください。履歴に残ります。"})
    return Sent(changed, reason)


def files_sent(report: Report, count: int) -> Content:
    """That the files are in the direct messages."""
    sample = f"{SAMPLE}を含みます。" if report.sample else ""
    said = f"{report.title}のファイル{count}件を DM に送りました。{sample}"
    return compose((say(line(said)),))


def files_coming(report: Report) -> Content:
    """That the files are being made."""
    return compose((say(line(f"{report.title}を作っています。できたら DM に送ります。")),))


def files_wait() -> Content:
    """That others' files are being made."""
    said = "ほかの報告書を作っているところです。少し待ってからもう一度押してください。"
    return compose((say(line(said)),))


def files_not_sent() -> Content:
    """That they could not be made or sent."""
    return compose((say(line(NO_FILES)),))


def comment_of(report: Report) -> str:
    """What stands beside the files."""
    return f"{report.plan.title} {report.title}（{'、'.join(states(report))}）"
