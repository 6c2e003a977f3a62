"""One opinion in lines: who said what and when, about what, whose it is, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from answers.content import Block, ask_button, button, cut
from answers.facts import WEEKDAYS, day_of, show_day
from answers.opinion_plans import Plans
from answers.spans import Bold, Line, line, one_line
from store.departments import Department
from store.fiscal import era
from store.people import Act, Who
from store.plan import Plan
from store.remarks import Answer, Opinion

WORD = "意見"
OPEN, ANSWERED = "未対応", "対応済"
ANSWER, MEND = "opinion:answer", "opinion:mend"
PLANNERS = "企画担当"
MOST_SHOWN = 300


@dataclass(frozen=True)
class Opinions:
    """Opinions as somebody reads them, and what their lines are made of.

    `departments` are those of today by id; one that is no more leads to its successor. `names` are
    display names by user id.
    """

    plans: Plans
    found: tuple[Opinion, ...]
    departments: Mapping[str, Department]
    names: Mapping[str, str]
    who: Who
    today: date

    @property
    def plan(self) -> Plan:
        """The plan that is current."""
        return self.plans.current

    def owner(self, opinion: Opinion) -> Department | None:
        """Whose it is today; None for the planning section."""
        return self.departments.get(opinion.department or "")

    def may_answer(self, opinion: Opinion) -> bool:
        """Whether whoever reads this may write what was done."""
        return self.who.may(Act.ANSWER, self.owner(opinion))


def opinion_lines(opinion: Opinion, seen: Opinions, *, whole: bool = False) -> Iterator[Line]:
    """The opinion and its newest answer; long words are cut unless the `whole` is wanted."""
    most = None if whole else MOST_SHOWN
    yield line(Bold(state_said(opinion, seen.today)), f"　{given_said(opinion, seen)}")
    yield seen.plans.subject_line(opinion)
    yield line(f"「{_words(opinion.text, most)}」")
    if opinion.answer and not whole:
        yield answer_line(opinion.answer, seen, most)


def answer_line(answer: Answer, seen: Opinions, most: int | None = None) -> Line:
    """`対応（こども課 9/1）: …`."""
    who = whose(seen.departments.get(answer.department or ""))
    return line(f"対応（{who} {day_of(answer.at, seen.today)}）: {_words(answer.text, most)}")


def state_said(opinion: Opinion, today: date) -> str:
    """`未対応（期限 12/1 月・あと30日）` or 対応済."""
    if opinion.answer:
        return ANSWERED
    if opinion.due is None:
        return OPEN
    days = (opinion.due - today).days
    left = "本日" if days == 0 else f"あと{days}日" if days > 0 else f"{-days}日超過"
    day = f"{show_day(opinion.due, today)} {WEEKDAYS[opinion.due.weekday()]}"
    return f"{OPEN}（期限 {day}・{left}）"


def given_said(opinion: Opinion, seen: Opinions) -> str:
    """`R6　外部有識者会議（2025/8/24）　担当 こども課　#12`."""
    body, owner = seen.plans.body(opinion), whose(seen.owner(opinion))
    day = show_day(opinion.held_on, seen.today)
    return f"{era(opinion.collection)}　{body}（{day}）　担当 {owner}　#{opinion.number}"


def whose(owner: Department | None) -> str:
    """What is called who is to answer, or answered; without a department the planning section."""
    return owner.name if owner else PLANNERS


def open_button(opinion: Opinion) -> Block:
    """The button that shows one opinion with everything about it."""
    return ask_button("開く", f"{WORD} #{opinion.number}")


def answer_button(opinion: Opinion, style: str | None = None) -> Block:
    """対応を書く; it carries no authority."""
    label = "対応を書き足す" if opinion.answer else "対応を書く"
    return button(label, f"{ANSWER}:{opinion.number}", str(opinion.number), style)


def mend_button(opinion: Opinion) -> Block:
    """直す, for planners."""
    return button("直す", f"{MEND}:{opinion.number}", str(opinion.number))


def _words(text: str, most: int | None) -> str:
    said = one_line(text)
    return said if most is None else cut(said, most)
