"""Asking back, or saying no: what was understood, what may be meant, and never a number."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked
from answers.compared import not_on_record
from answers.content import Content, ask_button, cut
from answers.help import examples
from answers.layout import Part, compose, quiet, row, say
from answers.paging import PAGE
from answers.spans import Code, Line, line
from answers.understood import names_of_all, readings


def unsure(asked: Asked) -> Content:
    """The candidates as lines and buttons; without any, examples of what can be asked."""
    intention = asked.intention
    return compose(
        (
            say(line(intention.understood), *_elsewhere(asked)),
            *(_candidates(asked) if intention.ids else _examples(asked)),
            quiet(line("入力された内容: ", Code(intention.typed))) if intention.typed else None,
        )
    )


def _elsewhere(asked: Asked) -> Iterator[Line]:
    """That nothing is on record of the place with which an indicator is to be compared."""
    if place := asked.intention.elsewhere:
        yield not_on_record(
            place, asked.plan.by_id[asked.intention.ids[0]], asked.beside.comparisons
        )


def _candidates(asked: Asked) -> Iterator[Part]:
    names = names_of_all(asked.plan)
    ids = asked.intention.ids
    shown = ids[:PAGE]
    yield say(
        line(_invitation(asked)),
        *(line(Code(each), f" {names[each]}") for each in shown),
    )
    if len(ids) > len(shown):
        yield say(line(f"ほか{len(ids) - len(shown)}件あります。言葉を足すと絞り込めます。"))
    yield row(readings(asked, shown, asked.intention.unread))


def _invitation(asked: Asked) -> str:
    if asked.intention.declined:
        return "次の指標であれば、記録している数字をお答えできます。"
    return "どれをお調べですか。" if len(asked.intention.ids) > 1 else "こちらでしょうか。"


def _examples(asked: Asked) -> Iterator[Part]:
    found = examples(asked)
    yield say(
        line("次のように入力してください。"),
        *(line(Code(words), f" {what}") for words, what in found),
    )
    yield row([ask_button(cut(words, 40), words) for words, _ in found])
