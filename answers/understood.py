"""How a question was read, said above its answer when it was read by likeness and not by a name."""

from __future__ import annotations

from answers.asked import Asked
from answers.content import Content, ask_button, cut
from answers.layout import compose, quiet, row
from answers.spans import Code, line
from store.plan import Plan

MOST_OTHERS = 3


def as_read(asked: Asked, said: Content) -> Content:
    """The answer below one line that says how it was read, and the next best readings as buttons."""
    intention = asked.intention
    if not intention.likened:
        return said
    names, others = names_of_all(asked.plan), intention.others[:MOST_OTHERS]
    read = f"「{intention.likened}」を「{intention.understood}」と読みました。"
    note = compose(
        (
            quiet(line(read, *_beside(others, names))),
            row([ask_button(cut(f"{i} {names[i]}", 40), asked.words(i)) for i in others])
            if others
            else None,
        )
    )
    return Content(f"{note.text}\n\n{said.text}", (*note.blocks, *said.blocks))


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
