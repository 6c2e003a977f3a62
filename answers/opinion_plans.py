"""Opinions of a plan that is over, beside those of the current one: each told by its own plan's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from answers.spans import Line, line
from answers.subjects import subject_line, subject_said
from store.documented import phase
from store.plan import Plan
from store.remarks import Opinion, body_name


@dataclass(frozen=True)
class Plans:
    """The `current` plan, and the `others` that opinions are about, by id."""

    current: Plan
    others: Mapping[str, Plan] = field(default_factory=dict)

    def of(self, opinion: Opinion) -> Plan:
        """The plan that an opinion is about."""
        return self.others.get(opinion.plan, self.current)

    def body(self, opinion: Opinion) -> str:
        """What that plan calls the body."""
        return body_name(opinion.body, self.of(opinion).labels)

    def subject(self, opinion: Opinion) -> str:
        """`1-1b 保育所（園）待機児童数`; `第2期 1-1b …` of a plan that is over."""
        return f"{self._phase(opinion)}{subject_said(self.of(opinion), opinion.subject)}"

    def subject_line(self, opinion: Opinion) -> Line:
        """The same as a line."""
        return line(self._phase(opinion), *subject_line(self.of(opinion), opinion.subject))

    def _phase(self, opinion: Opinion) -> str:
        return f"{phase(self.others[opinion.plan])} " if opinion.plan in self.others else ""
