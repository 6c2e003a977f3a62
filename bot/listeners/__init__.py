"""The visible list of what the bot listens to: an id, and the function that answers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from slack_bolt import App

from bot.desk import Desk
from bot.listeners import (
    administering,
    approving,
    asking,
    asking_back,
    away,
    cards,
    charting,
    closed_channels,
    closing,
    comparing,
    correcting,
    cycling,
    digests,
    following,
    forms,
    handing_over,
    home,
    learning,
    ledger,
    news,
    opining,
    opinion_sheets,
    own_notices,
    people,
    publishing,
    queue,
    quieting,
    reflecting,
    reminding,
    reporting,
    revising,
    ruling,
    sharing,
    sheet_files,
    sheets,
    speaking,
    staffing,
    submitting,
    talking,
    timing,
    withdrawing,
)
from bot.shelter import sheltered

Listener = Callable[..., None]

COMMANDS: dict[str, Listener] = {
    "/kpi": asking.kpi,
    "/kpi-submit": submitting.kpi_submit,
    "/kpi-admin": administering.kpi_admin,
}
ACTIONS: dict[str, Listener] = {
    r"ask:.*": home.ask_button,
    r"admin:.*": administering.admin_button,
    r"pick:.*": learning.picked,
    r"teach:.*": learning.teach,
    r"learn_alias": learning.learn,
    r"learn_alias:page:.*": learning.learn_on_page,
    r"decline_alias": learning.decline,
    r"decline_alias:page:.*": learning.decline_on_page,
    r"forget_alias:.*": learning.forget,
    r"card:.*": cards.open_card,
    r"comparison:.*": comparing.open_comparison,
    r"effort:.*": reflecting.open_effort,
    r"opinion:(add|mend:.*)": opining.open_enter,
    r"opinion:answer:.*": opining.open_answer,
    r"opinion_sheet:.*": opinion_sheets.issue_sheet,
    r"revision:(agree|drop)": home.renewed_after(revising.press),
    r"ledger:.*": ledger.open_ledger,
    r"ledger_csv": ledger.send_csv,
    r"chart:.*": charting.chart,
    r"follow:.*": following.follow,
    r"unfollow:.*": following.stop,
    r"share:.*": sharing.share,
    r"submit_draft": home.renewed_after(submitting.submit_draft),
    r"fix_draft": submitting.fix_draft,
    r"pick_period:.*": asking_back.pick_period,
    r"measure:.*": asking_back.answer_measure,
    r"drop_draft": submitting.drop_draft,
    r"sheet:.*": sheets.pick_department,
    r"sheet_submit(_odd)?": home.renewed_after(sheet_files.submit),
    r"sheet_drop": sheet_files.drop,
    r"reminder_sheet:.*": reminding.send_sheet,
    r"snooze:.*": reminding.hold_back,
    r"sheet_page:(back|on)": sheet_files.turn_page,
    r"open_form(:.*)?": forms.open_form,
    r"pick_indicator": forms.pick_indicator,
    r"approve": home.renewed_after(approving.approve),
    r"confirm": home.renewed_after(approving.confirm),
    r"send_back": approving.open_return_form,
    r"correct": correcting.open_correction,
    r"withdraw": home.renewed_after(withdrawing.withdraw),
    r"lead_queue": queue.open_lead_queue,
    r"queue:mend": queue.mend_one,
    r"queue:(department|odd|collection|page:.*)": queue.filter_queue,
    r"approve_clean": home.renewed_after(queue.approve_clean),
    r"return_selected": queue.return_selected,
    r"lead_rule:.*": ruling.set_lead_rule,
    r"report:edit": reporting.open_texts,
    r"report:finish": reporting.finish,
    r"report:files": reporting.send_files,
    r"lock:(propose|agree|drop)": closing.press,
    r"lock:(undo|leave)": closing.open_reason,
    r"publication:(propose|agree|drop)": publishing.press,
    r"publication:revoke": publishing.open_revoke,
    r"cycle:edit": cycling.open_dates,
    r"stage:(close|reopen):.*": cycling.open_stage,
    r"digest:(add|edit:.*)": digests.open_digest,
    r"digest:now:.*": digests.post_digest,
    r"digest:try:.*": digests.try_digest,
    r"speech:try:.*": speaking.try_planned,
    r"speech:now:.*": speaking.say_now,
    r"speech:(pause|resume):.*": speaking.turn_speech,
    r"speech:times": timing.open_times,
    r"news_channel:.*": news.open_channel,
    r"quiet_period:.*": quieting.open_period,
    r"away": away.open_away,
    r"own_notices": own_notices.open_notices,
    r"be_back": home.renewed_after(away.be_back),
    r"edit_department(:.*)?": staffing.edit_department,
    r"expand_group": staffing.expand_group,
    r"edit_planners": staffing.edit_planners,
    r"hand_over": handing_over.open_handover,
    r"reorganise": handing_over.open_reorganisation,
}
OPTIONS: dict[str, Listener] = {
    "pick_indicator": forms.suggest_indicators,
    "pick_subject": opining.suggest_subjects,
}
VIEWS: dict[str, Listener] = {
    "card": cards.save_card,
    "comparison": comparing.save_comparison,
    "effort": reflecting.save_effort,
    "revision": revising.send_proposal,
    "opinion": home.renewed_after(opining.save_enter),
    "opinion_answer": home.renewed_after(opining.save_answer),
    "submit_actual": home.renewed_after(forms.submit_actual),
    "confirm_actual": home.renewed_after(forms.confirm_actual),
    "send_back": home.renewed_after(approving.send_back),
    "approve_selected": home.renewed_after(queue.approve_selected),
    "confirm_selected": home.renewed_after(queue.approve_selected),
    "correct_actual": home.renewed_after(correcting.correct_actual),
    "return_templates": ruling.keep_templates,
    "report_texts": reporting.save_texts,
    "propose_lock": closing.propose_for_reason,
    "propose_unlock": closing.propose_for_reason,
    "revoke_publication": publishing.revoke,
    "digest_subscription": digests.save_digest,
    "cycle_dates": home.renewed_after(cycling.save_dates),
    "close_stage": home.renewed_after(cycling.close_stage),
    "reopen_stage": home.renewed_after(cycling.reopen_stage),
    "speech_times": timing.save_times,
    "news_channel": news.save_channel,
    "quiet_period": quieting.save_period,
    "own_notices": home.renewed_after(own_notices.save_notices),
    "be_away": home.renewed_after(away.be_away),
    "save_department": staffing.save_department,
    "save_planners": staffing.save_planners,
    "hand_over": handing_over.hand_over,
    "reorganise": handing_over.reorganise,
}
EVENTS: dict[str, Listener] = {
    "app_home_opened": home.opened,
    "app_mention": talking.mentioned,
    "channel_shared": closed_channels.shared_with_outsiders,
    "message": talking.written_to,
    "team_join": people.heard_of,
    "user_change": people.heard_of,
}


def listen(app: App, desk: Desk) -> None:
    """Register everything above; each function gets the desk first, Bolt gives the rest by name."""
    for command, listener in COMMANDS.items():
        app.command(command)(partial(sheltered(listener), desk))
    for action, listener in ACTIONS.items():
        app.action(re.compile(f"^{action}$", re.DOTALL))(partial(sheltered(listener), desk))
    for action, listener in OPTIONS.items():
        app.options(action)(partial(sheltered(listener), desk))
    for callback, listener in VIEWS.items():
        app.view(callback)(partial(sheltered(listener), desk))
    for event, listener in EVENTS.items():
        app.event(event)(partial(sheltered(listener), desk))
