"""A way to press every button and to send every form that the bot listens to, with nothing else in hand.

Each value names something that is there, so that only who acts can be the reason for a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from store.people import Act
from tests.bot.forging import Forger, Told
from tests.bot.giving import PLAN
from tests.sandbox.hands import Json

ROUND = f"{PLAN}|2024"
INDICATOR = f"{PLAN}|1-1b"
INDICATOR_ROUND = f"{INDICATOR}|2024"

# Who may do a thing besides those whose act it is: by another act, or in a certain role.
Also = tuple[Act | str, ...]


@dataclass(frozen=True)
class Press:
    """A button as somebody presses it: which act the audit names, its id and what it carries.

    `also` are other acts by which it is allowed, and roles of `tests.bot.authority_table`; with
    `only` nobody else of those whose act it is. `outside` is what the audit names for people from
    outside.
    """

    act: Act
    action: str
    value: str = ""
    also: Also = ()
    only: frozenset[str] | None = None
    outside: Act | None = None

    def do(self, forger: Forger, user: str) -> Told:
        """Press it, twice delivered."""
        return forger.click(user, self.action, self.value, twice=True)


@dataclass(frozen=True)
class Sent:
    """A form as somebody sends it: its hidden field and what is filled in."""

    act: Act
    callback: str
    hidden: str = ""
    filled: Json = field(default_factory=dict)
    also: Also = ()

    def do(self, forger: Forger, user: str) -> Told:
        """Send it, twice delivered, though it was never opened for them."""
        return forger.form(user, form_of(self.callback, self.hidden), self.filled, twice=True)


def form_of(callback: str, hidden: str) -> Json:
    """A form that nobody opened."""
    return {
        "id": "V0FORGED",
        "type": "modal",
        "callback_id": callback,
        "private_metadata": hidden,
        "title": {"type": "plain_text", "text": "kpibot"},
        "blocks": [],
        "state": {"values": {}},
    }


PICKED: Json = {
    "indicator": {"pick_indicator": {"selected_option": {"value": "1-1b"}}},
    "collection": {"year": {"selected_option": {"value": "2024"}}},
    "value:": {"typed": {"value": "12"}},
}
CHANNEL: Json = {"channel": {"chosen": {"selected_conversation": "C0STAFF"}}}
ADMIN, DESCRIBE, SUBMIT = Act.ADMINISTER, Act.DESCRIBE, Act.SUBMIT
# Planners enter for departments; what is only opened, turned or dropped is one's own draft.
PROXY, OWN = (Act.PROXY,), (Act.ASK,)


def presses(numbers: dict[str, str]) -> dict[str, Press]:
    """By the pattern of `bot.listeners.ACTIONS`; `numbers` are those of what waits in the office."""
    submission, opinion = numbers["submission"], numbers["opinion"]
    return {
        r"ask:.*": Press(Act.ASK, "ask:1-1", "1-1"),
        r"admin:.*": Press(ADMIN, "admin:週報", "週報"),
        r"pick:.*": Press(Act.ASK, "pick:1", "1-1"),
        r"teach:.*": Press(Act.ASK, "teach:1", f"{PLAN}|indicator|1-1b|待機"),
        r"learn_alias": Press(ADMIN, "learn_alias", "1"),
        r"learn_alias:page:.*": Press(ADMIN, "learn_alias:page:1", "1"),
        r"decline_alias": Press(ADMIN, "decline_alias", "1"),
        r"decline_alias:page:.*": Press(ADMIN, "decline_alias:page:1", "1"),
        r"forget_alias:.*": Press(ADMIN, "forget_alias:1", "1"),
        r"card:.*": Press(DESCRIBE, "card:1-1b", INDICATOR),
        r"comparison:.*": Press(DESCRIBE, "comparison:1-1b", INDICATOR),
        r"effort:.*": Press(Act.REFLECT, "effort:1-1b", f"{ROUND}|indicator:1-1b"),
        r"opinion:(add|mend:.*)": Press(ADMIN, f"opinion:mend:{opinion}", opinion),
        r"opinion:answer:.*": Press(Act.ANSWER, f"opinion:answer:{opinion}", opinion),
        r"opinion_sheet:.*": Press(ADMIN, "opinion_sheet:all", f"{ROUND}|all"),
        r"revision:(agree|drop)": Press(Act.REVISE, "revision:agree", numbers["revision"]),
        r"ledger:.*": Press(Act.ASK, "ledger:1-1b", f"{INDICATOR}|1"),
        r"ledger_csv": Press(ADMIN, "ledger_csv", "R6"),
        r"chart:.*": Press(Act.ASK, "chart:1-1b", "1-1b"),
        r"follow:.*": Press(Act.ASK, "follow:1", f"on|{PLAN}|indicator|1-1b"),
        r"unfollow:.*": Press(Act.ASK, "unfollow:1", f"off|{PLAN}|indicator|1-1b"),
        r"share:.*": Press(Act.ASK, "share:1", "1-1"),
        r"submit_draft": Press(SUBMIT, "submit_draft", numbers["draft"], also=PROXY),
        r"fix_draft": Press(SUBMIT, "fix_draft", numbers["draft"], also=OWN),
        r"pick_period:.*": Press(SUBMIT, "pick_period:1", f"{numbers['draft']}|FY2023", also=OWN),
        r"measure:.*": Press(SUBMIT, "measure:yearly", f"x|{submission}", also=PROXY),
        r"drop_draft": Press(SUBMIT, "drop_draft", numbers["draft"], also=OWN),
        r"sheet:.*": Press(SUBMIT, "sheet:children", "children|2024", also=PROXY),
        r"sheet_submit(_odd)?": Press(SUBMIT, "sheet_submit", numbers["sheet"], also=PROXY),
        r"sheet_drop": Press(SUBMIT, "sheet_drop", numbers["sheet"], also=OWN),
        r"reminder_sheet:.*": Press(SUBMIT, "reminder_sheet:children", "children|2024", also=PROXY),
        r"snooze:.*": Press(SUBMIT, "snooze:1", f"{ROUND}|children|tomorrow"),
        r"sheet_page:(back|on)": Press(SUBMIT, "sheet_page:on", f"{numbers['sheet']}|1", also=OWN),
        r"open_form(:.*)?": Press(SUBMIT, "open_form:1-1b", INDICATOR_ROUND, also=PROXY),
        r"approve": Press(Act.APPROVE, "approve", submission),
        r"confirm": Press(Act.CONFIRM, "confirm", numbers["to_confirm"]),
        r"send_back": Press(Act.SEND_BACK, "send_back", submission),
        r"correct": Press(Act.CORRECT, "correct", submission),
        r"withdraw": Press(Act.WITHDRAW, "withdraw", submission, also=("member",)),
        r"lead_queue": Press(Act.CONFIRM, "lead_queue", also=("lead elsewhere",)),
        r"queue:mend": Press(Act.CORRECT, "queue:mend", submission),
        r"queue:(department|odd|collection|page:.*)": Press(Act.APPROVE, "queue:page:2", "2"),
        r"approve_clean": Press(Act.APPROVE, "approve_clean", submission),
        r"return_selected": Press(Act.APPROVE, "return_selected"),
        r"lead_rule:.*": Press(ADMIN, "lead_rule:children", "on|children"),
        r"report:edit": Press(ADMIN, "report:edit", f"progress|{ROUND}"),
        r"report:finish": Press(ADMIN, "report:finish", f"progress|{ROUND}"),
        r"report:files": Press(ADMIN, "report:files", f"progress|{ROUND}"),
        r"lock:(propose|agree|drop)": Press(Act.LOCK, "lock:agree", numbers["lock"]),
        r"lock:(undo|leave)": Press(Act.LOCK, "lock:leave", ROUND),
        r"publication:(propose|agree|drop)": Press(Act.PUBLISH, "publication:propose", ROUND),
        r"publication:revoke": Press(Act.PUBLISH, "publication:revoke", ROUND),
        r"cycle:edit": Press(ADMIN, "cycle:edit", ROUND),
        r"stage:(close|reopen):.*": Press(ADMIN, "stage:close:opens", f"{ROUND}|opens"),
        r"digest:(add|edit:.*)": Press(ADMIN, "digest:add", "add"),
        r"digest:now:.*": Press(ADMIN, "digest:now:digest", "0|digest"),
        r"digest:try:.*": Press(ADMIN, "digest:try:digest", "digest"),
        r"speech:try:.*": Press(ADMIN, "speech:try:1", numbers["ahead"]),
        r"speech:now:.*": Press(ADMIN, "speech:now:1", numbers["ahead"]),
        r"speech:(pause|resume):.*": Press(ADMIN, "speech:pause:digest", "digest"),
        r"speech:times": Press(ADMIN, "speech:times"),
        r"news_channel:.*": Press(ADMIN, "news_channel:add"),
        r"quiet_period:.*": Press(ADMIN, "quiet_period:add"),
        r"away": Press(Act.BE_AWAY, "away"),
        r"own_notices": Press(Act.ASK, "own_notices"),
        r"be_back": Press(Act.BE_AWAY, "be_back", "planner"),
        r"edit_department(:.*)?": Press(ADMIN, "edit_department:children", "children"),
        r"expand_group": Press(ADMIN, "expand_group", "S0PLANNING"),
        r"edit_planners": Press(ADMIN, "edit_planners"),
        r"hand_over": Press(ADMIN, "hand_over"),
        r"reorganise": Press(ADMIN, "reorganise"),
    }


def sendings(numbers: dict[str, str]) -> dict[str, Sent]:
    """By the callback of `bot.listeners.VIEWS`."""
    submission, opinion = numbers["submission"], numbers["opinion"]
    seen = numbers["seen"]
    why: Json = {"why": {"typed": {"value": "理由"}}}
    return {
        "card": Sent(DESCRIBE, "card", f"{INDICATOR}|0"),
        "comparison": Sent(DESCRIBE, "comparison", INDICATOR),
        "effort": Sent(
            Act.REFLECT,
            "effort",
            f"{ROUND}|0|indicator:1-1b",
            {"work": {"typed": {"value": "偽の取組"}}},
        ),
        "revision": Sent(Act.REVISE, "revision", f"{PLAN}|0|1-1b"),
        "opinion": Sent(ADMIN, "opinion", f"{PLAN}|0|0", {"text": {"typed": {"value": "偽"}}}),
        "opinion_answer": Sent(
            Act.ANSWER, "opinion_answer", f"{opinion}|{seen}", {"done": {"typed": {"value": "偽"}}}
        ),
        "submit_actual": Sent(SUBMIT, "submit_actual", numbers["newest"], PICKED, also=PROXY),
        "confirm_actual": Sent(SUBMIT, "confirm_actual", numbers["draft"], also=PROXY),
        "send_back": Sent(
            Act.SEND_BACK, "send_back", submission, {"reason": {"typed": {"value": "偽"}}}
        ),
        "approve_selected": Sent(Act.APPROVE, "approve_selected", f'{{"ticked":[{submission}]}}'),
        "confirm_selected": Sent(
            Act.CONFIRM, "confirm_selected", f'{{"ticked":[{numbers["to_confirm"]}]}}'
        ),
        "correct_actual": Sent(Act.CORRECT, "correct_actual", f"submission|{submission}", why),
        "return_templates": Sent(ADMIN, "return_templates"),
        "report_texts": Sent(ADMIN, "report_texts", f"progress|{ROUND}|0", why),
        "propose_lock": Sent(Act.LOCK, "propose_lock", ROUND, why),
        "propose_unlock": Sent(Act.LOCK, "propose_unlock", ROUND, why),
        "revoke_publication": Sent(Act.PUBLISH, "revoke_publication", ROUND, why),
        "digest_subscription": Sent(ADMIN, "digest_subscription", "add", CHANNEL),
        "cycle_dates": Sent(ADMIN, "cycle_dates", f"{ROUND}|0"),
        "close_stage": Sent(ADMIN, "close_stage", f"{ROUND}|opens|1", why),
        "reopen_stage": Sent(ADMIN, "reopen_stage", f"{ROUND}|opens|", why),
        "speech_times": Sent(ADMIN, "speech_times", "0", why),
        "news_channel": Sent(ADMIN, "news_channel", "", CHANNEL),
        "quiet_period": Sent(ADMIN, "quiet_period", "", {"name": {"typed": {"value": "偽"}}}),
        "own_notices": Sent(Act.ASK, "own_notices"),
        "be_away": Sent(Act.BE_AWAY, "be_away"),
        "save_department": Sent(ADMIN, "save_department", "children|0|0"),
        "save_planners": Sent(
            ADMIN, "save_planners", "", {"planners": {"picked": {"selected_users": ["U0STAFF"]}}}
        ),
        "hand_over": Sent(ADMIN, "hand_over"),
        "reorganise": Sent(ADMIN, "reorganise"),
    }
