// A channel's messages on the page: where to scroll, what to read out, what to offer when empty.

import { sendText } from "./composer.js";
import { el, reconcile } from "./dom.js";
import { showMessages } from "./messages.js";
import { speak } from "./notice.js";
import { names, state } from "./state.js";
import { lookedAt } from "./unread.js";

const NEAR_END_PX = 80;

let shown = { key: null, seen: new Set() };

function examples() {
  const button = ({ label, text }) =>
    el(
      "button",
      { type: "button", class: "button", on: { click: () => sendText(text) } },
      label,
      "\u00a0",
      el("code", {}, text),
    );
  const list = state.examples.length ? el("div", { class: "actions" }, state.examples.map(button)) : null;
  const words = state.examples.length
    ? "まだメッセージはありません。例を選ぶと送信されます。"
    : "まだメッセージはありません。";
  return el("div", { class: "empty" }, el("p", {}, words), list);
}

/** Scrolls so that the first of the new messages can be read from its beginning. */
function scrollTo(list, first) {
  const room = list.clientHeight - (list.scrollHeight - first.offsetTop);
  list.scrollTop = room > 0 ? list.scrollHeight : first.offsetTop - 8;
}

function readOut(messages) {
  const others = messages.filter((message) => message.user !== state.me);
  if (others.length) speak(others.map((each) => `${names.user(each.user)}: ${each.text}`).join("。"));
}

/**
 * Shows the present channel as the acting user sees it.
 * @param {HTMLElement} list
 * @param {object[]} messages oldest first
 * @param {{refresh: Function, reply: Function, statuses: object[]}} tools
 */
export function showChannel(list, messages, tools) {
  const { me: user, place: channel } = state;
  const key = `${user} ${channel}`;
  const isNew = shown.key !== key;
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  const fresh = messages.filter((message) => !shown.seen.has(message.ts));
  lookedAt(channel, messages);
  shown = { key, seen: new Set(messages.map((message) => message.ts)) };
  if (messages.length) showMessages(list, messages, tools);
  else reconcile(list, [examples()]);
  if (isNew) list.scrollTop = list.scrollHeight;
  else if (fresh.length) {
    readOut(fresh);
    const first = list.querySelector(`[data-ts="${fresh[0].ts}"]`);
    if (first && (wasAtEnd || fresh.some((each) => each.ephemeral_to || each.user === user)))
      scrollTo(list, first);
  }
}
