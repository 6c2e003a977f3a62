"""How a question was read, said above its answer when it was read by likeness and not by a name."""

from __future__ import annotations

from collections.abc import Sequence

from answers.asked import Asked
from answers.content import Block, Content, cut
from answers.layout import compose, quiet, row
from answers.learning import pick_button, teach_button
from answers.spans import Code, line
from answers.teachable import subject_of
from store.plan import Plan

MOST_OTHERS = 3


def as_read(asked: Asked, said: Content) -> Content:
    """The answer below one line that says how it was read, the next best readings as buttons, and
    an offer to read these words so from now on.
    """
    intention = asked.intention
    if not intention.likened:
        return said
    names, others = names_of_all(asked.plan), intention.others[:MOST_OTHERS]
    read = f"「{intention.likened}」を「{intention.understood}」と読みました。"
    buttons = readings(asked, others, intention.likened)
    subject = subject_of(intention)
    if subject and (teach := teach_button(asked.plan, subject, intention.likened)):
        buttons.append(teach)
    note = compose((quiet(line(read, *_beside(others, names))), row(buttons) if buttons else None))
    return Content(f"{note.text}\n\n{said.text}", (*note.blocks, *said.blocks))


def readings(asked: Asked, ids: Sequence[str], words: str) -> list[Block]:
    """A button for each of these readings of `words`."""
    names = names_of_all(asked.plan)
    return [pick_button(cut(f"{i} {names[i]}", 40), asked.words(i), words) for i in ids]


def names_of_all(plan: Plan) -> dict[str, str]:
    """Everything of a plan that can be asked for, by its id, as it is called on a button."""
    return {
        **{g.id: f"{g.label} {g.title}" for g in plan.goals},
        **{p.code: f"施策 {p.name}" for p in plan.policies},
        **{i.id: i.name for i in plan.indicators},
    }


def _beside(others: tuple[str, ...], names: dict[str, str]) -> list[str | Code]:
    said: list[str | Code] = ["ほかに近いもの: "] if others else []
    for n, each in enumerate(others):
        said += ["、" if n else "", Code(each), f" {names[each]}"]
    return said
