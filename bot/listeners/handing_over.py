"""引継ぎ and 機構改革: each one act, from a form of the planning section."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, Respond

from answers.asked import Asked
from answers.handed_over import handed_over, package, reorganised
from answers.handover_forms import (
    DEPARTMENT,
    LEAD,
    LEAVING,
    NEW,
    NEW_ONE,
    NOTE,
    OLD,
    PEOPLE_TOO,
    POLICIES,
    REASON,
    STAYS,
    handover_form,
    read_handover,
    read_reorganisation,
    reorganise_form,
)
from answers.intention import Intention
from answers.people_fields import SINCE
from bot import staffing
from bot.acting import act_once, click_key, view_key
from bot.desk import Desk
from bot.listeners.staffing import permitted
from store import departments, directory, handovers, outbox
from store.departments import Department
from store.errors import BadForm, BadInput
from store.handovers import Handover
from store.inbox import Reply
from store.people_file import DepartmentEntry

TITLE = "引継ぎ"
NOT_THERE = "この課は今は登録されていません。選び直してください。"


def open_handover(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """The form of a handover."""
    permitted(desk, body, click_key(body, action), "handover")
    known, names = departments.departments(desk.db, desk.today), directory.names(desk.db)
    leads = {
        user: f"{names.get(user, user)}（{each.name}）"
        for each in known.values()
        for user, role in departments.members(desk.db, each.id, desk.today).items()
        if role == "lead"
    }
    view = handover_form(known.values(), leads, desk.today)
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def hand_over(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """The post passes on, and the new lead gets all that belongs to it."""
    given = read_handover(view["state"]["values"])
    by = permitted(desk, body, view_key(body), f"handover:{given[DEPARTMENT]}")

    def act() -> Reply:
        department = _there(desk, str(given[DEPARTMENT]))
        _whole(given, {LEAD: "新しい課長を選んでください。", SINCE: staffing.NO_DAY})
        staffing.check_people(desk.db, {LEAD: [given[LEAD]]})
        this = handovers.hand_over(
            desk.db,
            by,
            department.id,
            given[LEAD],
            given[SINCE],
            leaving=given[LEAVING],
            stays=given[STAYS],
            note=given[NOTE],
        )
        _tell_the_new_lead(desk, department, this)
        return staffing.instead(handed_over(department, this, directory.names(desk.db)))

    ack(**act_once(desk, view_key(body), act))


def open_reorganisation(
    desk: Desk, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
) -> None:
    """The form of a reorganisation."""
    permitted(desk, body, click_key(body, action), "reorganisation")
    known = list(departments.departments(desk.db, desk.today).values())
    view = reorganise_form(desk.plan, known, desk.today)
    ack()
    desk.after(lambda: desk.open_view(body["trigger_id"], view, respond))


def reorganise(desk: Desk, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """Tasks pass to their successor from the day given on; what was done keeps its old name."""
    given = read_reorganisation(view["state"]["values"])
    by = permitted(desk, body, view_key(body), "reorganisation").because(given[REASON] or "")

    def act() -> Reply:
        _whole(
            given,
            {
                OLD: "旧い課を選んでください。",
                REASON: "理由を書いてください。",
                SINCE: staffing.NO_DAY,
            },
        )
        new = _new(desk, given)
        try:
            moved = handovers.reorganise(
                desk.db,
                by,
                desk.plan.id,
                given[OLD],
                new,
                given[SINCE],
                subjects=given[POLICIES],
                people_too=given[PEOPLE_TOO],
            )
        except BadInput as error:
            raise BadForm({OLD: str(error)}) from error
        said = reorganised(moved, new, given[SINCE], directory.names(desk.db))
        return staffing.instead(said)

    ack(**act_once(desk, view_key(body), act))


def _new(desk: Desk, given: dict[str, Any]) -> Department:
    if given[NEW] != NEW_ONE:
        return _there(desk, str(given[NEW]))
    made = {**given, "leads": (), "members": (), "channel": None, "policies": (), "indicators": ()}
    entry: DepartmentEntry = staffing.entry_of(desk.db, "", made, desk.today)
    return Department(entry.id, entry.name)


def _there(desk: Desk, department: str) -> Department:
    found = departments.departments(desk.db, desk.today).get(department)
    if found is None:
        raise BadForm({DEPARTMENT: NOT_THERE})
    return found


def _whole(given: dict[str, Any], needed: dict[str, str]) -> None:
    if wrong := {block: said for block, said in needed.items() if not given[block]}:
        raise BadForm(wrong)


def _tell_the_new_lead(desk: Desk, department: Department, this: Handover) -> None:
    """Now, though the post may begin later: who takes over wants to read up before."""
    seen, person = desk.outlook(), desk.who(this.lead)
    owned = [
        s for s in seen.standings.values() if s.department and s.department.id == department.id
    ]
    asked = Asked(Intention("department"), seen, person, directory.names(desk.db))
    told = package(asked, department, owned, handovers.handovers(desk.db, department.id))
    at = desk.now().timestamp()
    outbox.enqueue(desk.db, f"handover:{this.id}", this.lead, TITLE, told.message, at)
