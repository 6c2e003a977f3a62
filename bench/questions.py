"""`python -m bench.questions`: how well free questions are understood, set by set.

A set is a table of questions as staff would write them, with the one reading that each should get.
`built` was at hand while the reading of questions was built; `held out` was written before that
and first scored when it was done; `later` was written after that, and of what it first showed
(90.4 %, 97.6 %, 2.8 % false) only what was wrong in general was mended. A question of kind `unsure`
has no answer among the figures.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from time import process_time

from answers.ask import understand
from answers.intention import Intention
from store.departments import Department
from store.errors import UnknownWords
from store.plan_file import builtin_plans

SETS = {
    "built": "questions_built.tsv",
    "held out": "questions_held_out.tsv",
    "later": "questions_later.tsv",
}
FOLDER = Path(__file__).parent.parent / "tests" / "answers"
TODAY = date(2025, 6, 4)
PLAN = builtin_plans()["kitamoto-2"]
OFFERED = 3


@dataclass(frozen=True)
class Asked:
    """A question, the reading it should get, the one it got (None: refused), and its CPU time."""

    question: str
    kind: str
    ids: tuple[str, ...]
    year: int | None
    got: Intention | None
    ms: float

    @property
    def has_answer(self) -> bool:
        """A figure, a list or a page answers it."""
        return self.kind != "unsure"

    @property
    def concrete(self) -> bool:
        """It was answered, rightly or not, and not asked back."""
        return self.got is not None and self.got.kind != "unsure"

    @property
    def right(self) -> bool:
        """Answered with what it asks, in its year."""
        wanted = (self.kind, self.ids, self.year)
        return self.got is not None and (self.got.kind, self.got.ids, self.got.year) == wanted

    @property
    def among(self) -> bool:
        """Right, or all it asks about is among the first three that are answered or offered."""
        if self.got is None or self.right:
            return self.right
        first = (*self.got.ids, *self.got.others)[:OFFERED]
        return bool(self.ids) and set(self.ids) <= set(first)


@dataclass(frozen=True)
class Score:
    """What a set came to."""

    name: str
    asked: tuple[Asked, ...]

    @property
    def answerable(self) -> list[Asked]:
        """The questions that have an answer."""
        return [each for each in self.asked if each.has_answer]

    @property
    def missed(self) -> list[Asked]:
        """Questions with an answer that did not get it at once."""
        return [each for each in self.answerable if not each.right]

    @property
    def false(self) -> list[Asked]:
        """Questions without an answer that got one."""
        return [each for each in self.asked if not each.has_answer and each.concrete]

    @property
    def top_1(self) -> float:
        """The share of questions with an answer that got it at once."""
        return 1 - len(self.missed) / len(self.answerable)

    @property
    def top_3(self) -> float:
        """The share of them whose answer was given or among the first three offered."""
        return sum(each.among for each in self.answerable) / len(self.answerable)

    @property
    def false_share(self) -> float:
        """The share of questions without an answer that got one."""
        return len(self.false) / (len(self.asked) - len(self.answerable))

    @property
    def ms(self) -> float:
        """CPU milliseconds a question."""
        return sum(each.ms for each in self.asked) / len(self.asked)


def score(name: str) -> Score:
    """Ask every question of a set. The plan's names are indexed before the clock starts."""
    _ask("出生数ほか")
    with (FOLDER / SETS[name]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Score(name, tuple(_asked(row) for row in rows))


def lines(scores: Sequence[Score]) -> Iterator[str]:
    """The table, a line a set."""
    yield "set       answerable  top-1         top-3         wrong  unanswerable  false       ms mean/worst"
    for each in scores:
        due, none = len(each.answerable), len(each.asked) - len(each.answerable)
        right, among = due - len(each.missed), sum(one.among for one in each.answerable)
        wrong = sum(one.concrete for one in each.missed)
        worst = max(one.ms for one in each.asked)
        yield (
            f"{each.name:8}  {due:10}  {right:3} ({each.top_1:6.1%})  {among:3} ({each.top_3:6.1%})"
            f"  {wrong:5}  {none:12}  {len(each.false):2} ({each.false_share:5.1%})"
            f"  {each.ms:.2f} / {worst:.2f}"
        )


def said(each: Asked) -> str:
    """A question that went wrong, and how it was read."""
    got = each.got
    read = f"{got.kind} {' '.join(got.ids)} {got.year or ''}".strip() if got else "refused"
    wanted = f"{each.kind} {' '.join(each.ids)} {each.year or ''}".strip()
    return f"{each.question}: {read}, not {wanted}"


def _asked(row: dict[str, str]) -> Asked:
    began = process_time()
    got = _ask(row["question"])
    ms = (process_time() - began) * 1000
    year = int(row["year"]) if row["year"] else None
    return Asked(row["question"], row["kind"], tuple(row["ids"].split()), year, got, ms)


def _ask(question: str) -> Intention | None:
    try:
        return understand(question, PLAN, DEPARTMENTS, TODAY)
    except UnknownWords:
        return None


def _departments() -> tuple[Department, ...]:
    sample = tomllib.loads((files("store") / "samples" / "people.toml").read_text("utf-8"))
    return tuple(Department(each["id"], each["name"]) for each in sample["departments"])


DEPARTMENTS = _departments()


def main() -> None:
    """Print the table; with `-v`, what went wrong as well."""
    scores = [score(name) for name in SETS]
    for line in lines(scores):
        sys.stdout.write(line + "\n")
    if "-v" in sys.argv[1:]:
        for each in scores:
            for one in (*each.missed, *each.false):
                sys.stdout.write(f"{each.name}: {said(one)}\n")


if __name__ == "__main__":
    main()
