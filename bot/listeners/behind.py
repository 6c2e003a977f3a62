"""The list that a return form stands over: it is shown anew once something of it was sent back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from answers.queue_state import Chosen, read_queue
from bot import queues
from bot.desk import Desk
from store.people import Act, Who
from store.requests import Stage

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def over(form: dict[str, Any], stage: Stage, chosen: Chosen) -> dict[str, Any]:
    """The form, carrying what the list behind it shows. What was ticked is what the form is about."""
    held = replace(chosen, ticked=()).metadata
    return {**form, "private_metadata": f"{form['private_metadata']};{stage};{held}"}


def about(form: dict[str, Any]) -> str:
    """The submissions that a form is about, without what it carries of the list."""
    return _parts(form)[0]


def show_anew(desk: Desk, person: Who, form: dict[str, Any]) -> None:
    """The list behind a form as it is now, under its filters. Nothing without a list behind.

    A hidden field carries no authority: who may not approve is shown no list of planners.
    """
    _, stage, held = _parts(form)
    place = form.get("previous_view_id")
    if not place or stage not in ("planner", "lead"):
        return
    if stage == "planner" and not person.may(Act.APPROVE):
        return
    try:
        chosen = read_queue({"private_metadata": held, "state": {"values": {}}})
    except UNREADABLE:
        return
    view = queues.queue(desk, person, "planner" if stage == "planner" else "lead", chosen)
    desk.client.views_update(view_id=place, view=view)


def _parts(form: dict[str, Any]) -> tuple[str, str, str]:
    """Submissions, stage and what was chosen; all of it is the first where no list is carried."""
    whole = str(form["private_metadata"])
    pieces = whole.split(";", 2)
    return (pieces[0], pieces[1], pieces[2]) if len(pieces) == 3 else (whole, "", "")
