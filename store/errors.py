"""The one tree of known errors: each is a sentence that can be shown as it is.

    KpiError
    ├── BadInput            what was typed cannot be read; `typed` gives it back
    │   ├── UnknownWords    no indicator, policy, goal, department or year of that name
    │   ├── UnreadableValue a value, unit or period that cannot be taken
    │   ├── BadForm         a form with such mistakes; `by_field` says which field has which
    │   └── Closed          a locked collection (締め) takes no more submissions
    ├── NotAllowed          the acting user may not do this; one audit row was written
    ├── Stale               the thing acted on has moved on: second click, expired draft, old form
    ├── PlanMistakes        a plan file with mistakes, all of them
    └── CannotRun           a setting, token, file or lock that keeps the bot from running

Whatever is not in this tree is a bug: its user gets a short reference and the log a traceback.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.acts import By


class KpiError(Exception):
    """A known error. `str(error)` is a Japanese sentence for the person it happened to."""


class BadInput(KpiError):
    """What was typed cannot be read. `typed` is what the person wrote, to be given back."""

    def __init__(self, sentence: str, typed: str = "") -> None:
        super().__init__(sentence)
        self.typed = typed


class UnknownWords(BadInput):
    """Words that name nothing in the plan."""


class UnreadableValue(BadInput):
    """A value, unit or period that cannot be taken as it stands."""


class BadForm(BadInput):
    """A form with mistakes. `by_field` is block id → sentence; the form stays as it was filled."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(" ".join(by_field.values()))
        self.by_field = by_field


class Closed(BadInput):
    """The collection is locked: what was typed was not taken."""


class NotAllowed(KpiError):
    """The acting user may not do this. Carries what the audit row needs."""

    def __init__(self, sentence: str, by: By, act: str, subject: str) -> None:
        super().__init__(sentence)
        self.by = by
        self.act = act
        self.subject = subject


class Stale(KpiError):
    """The thing acted on has moved on: a second click, an expired draft, an old form."""


class PlanMistakes(KpiError):
    """A plan file with mistakes. `mistakes` holds one sentence for each."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class CannotRun(KpiError):
    """A setting, token, file or lock that keeps the bot from running."""
