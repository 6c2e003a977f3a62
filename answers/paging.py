"""Pages of a long list: each in its place, the way to the others said and on buttons."""

from __future__ import annotations

from collections.abc import Iterator

from answers.asked import Asked
from answers.content import ask_button
from answers.layout import Part, row, say
from answers.spans import Code, line
from store.standing import Standing

PAGE = 20


def span_of(count: int, asked: Asked) -> range:
    """Which of `count` stand on the page that is asked for; the last page for one beyond it."""
    last = max(1, -(-count // PAGE))
    start = (min(asked.intention.page, last) - 1) * PAGE
    return range(start, min(start + PAGE, count))


def paged(standings: tuple[Standing, ...], asked: Asked) -> tuple[Standing, ...]:
    """Those that stand on the page that is asked for."""
    page = span_of(len(standings), asked)
    return standings[page.start : page.stop]


def paging(count: int, asked: Asked, words: str) -> Iterator[Part]:
    """Where in `count` the page is, and the way to the others by `words`: nothing is cut silently."""
    page, last = span_of(count, asked), -(-count // PAGE)
    if last <= 1:
        return
    number = page.start // PAGE + 1
    here = f"{count}件のうち {page.start + 1}〜{page.stop}件目（{number}/{last}ページ）"
    following = f"{asked.words(words)} {number + 1}ページ"
    before = asked.words(words) + (f" {number - 1}ページ" if number > 2 else "")
    back = [ask_button(f"前の{PAGE}件", before)] if number > 1 else []
    if page.stop == count:
        yield say(line(here))
        yield row(back)
        return
    yield say(line(here), line("続き: ", Code(following)))
    yield row([*back, ask_button(f"次の{min(PAGE, count - page.stop)}件", following)])
