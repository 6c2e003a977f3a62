"""assistant.threads.*: what an agent suggests to ask, and what it says while it is at work."""

from __future__ import annotations

from sandbox import limits
from sandbox.agent import mistakes_in_prompts
from sandbox.api.call import Call
from sandbox.wire import Json, SlackError
from sandbox.workspace import Channel


def set_status(call: Call) -> Json:
    """Say in a thread what the app is doing; an empty status takes that away.

    https://docs.slack.dev/reference/methods/assistant.threads.setStatus
    """
    channel = call.member_only(call.channel("channel_id"))
    thread = _thread(call, channel)
    if "status" not in call.args:
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: status"])
    loading = call.json("loading_messages", "invalid_arguments") or []
    if not isinstance(loading, list) or len(loading) > limits.LOADING_MESSAGES:
        raise SlackError("invalid_arguments", ["[ERROR] loading_messages: no more than 10"])
    call.world.agent.set_status(channel.id, thread, call.text("status"))
    return {}


def set_suggested_prompts(call: Call) -> Json:
    """Suggest what to ask in the direct messages. An agent that names a thread is not heard.

    https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
    """
    channel = call.channel("channel_id")
    if not channel.is_im:
        raise SlackError("channel_not_found")
    prompts = call.json("prompts", "invalid_arguments")
    mistakes = mistakes_in_prompts(prompts)
    if mistakes:
        raise SlackError("invalid_arguments", mistakes)
    if call.world.manifest.agent is None:
        # Only the threads of the older assistant view have prompts of their own.
        raise SlackError("invalid_thread_ts")
    if not call.text("thread_ts"):
        call.world.agent.suggest(channel.id, prompts, call.text("title"))
    return {}


def _thread(call: Call, channel: Channel) -> str:
    """Return the ts of the thread; naming a reply means its thread."""
    message = call.world.messages.find(channel.id, call.required("thread_ts"))
    if message is None or message.ephemeral_to:
        raise SlackError("invalid_thread_ts")
    return message.thread_ts or message.ts
