// The list of messages of a channel. A message is drawn again only when it changed.

import { fileUrl } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { el, reconcile, unseen } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { names, state, userOf } from "./state.js";
import { surfaceAt } from "./surface.js";
import { dayName, fullTime, hourMinute, msOfTs } from "./time.js";

const drawn = new Map();

function sizeOf(bytes) {
  if (!Number.isFinite(bytes)) return "";
  return bytes < 1024
    ? `${bytes} B`
    : bytes < 1_048_576
      ? `${Math.ceil(bytes / 1024)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

function fileItem(file) {
  const href = fileUrl(file.id, state.me);
  const name = file.title || file.name;
  const picture = (file.mimetype ?? "").startsWith("image/")
    ? el("img", { src: href, alt: file.alt_txt || name, loading: "lazy" })
    : null;
  const link = el("a", { href, download: file.name, class: "file" }, `${name}`, unseen("をダウンロード"));
  return el("li", {}, picture, link, el("small", {}, ` ${sizeOf(file.size)}`));
}

function content(message, refresh) {
  const where = { channel: message.channel, message_ts: message.ts };
  if (message.blocks?.length) return renderBlocks(message.blocks, surfaceAt(where, refresh));
  return message.text ? [el("div", { class: "text" }, mrkdwn(message.text, names))] : [];
}

function sender(message) {
  const user = userOf(message.user);
  return {
    name: message.username ?? names.user(message.user ?? message.bot_id),
    isBot: Boolean(user?.is_bot),
  };
}

function heading(message, name, isBot) {
  const ms = msOfTs(message.ts);
  return el(
    "header",
    {},
    el("strong", {}, name),
    isBot ? el("span", { class: "badge" }, "アプリ") : null,
    el("time", { datetime: new Date(ms).toISOString(), title: fullTime(ms) }, hourMinute(ms)),
    message.edited ? el("span", { class: "quiet" }, "（編集済み）") : null,
    message.ephemeral_to ? el("span", { class: "only-you" }, "あなただけに表示されています") : null,
  );
}

function messageNode(message, { refresh, reply }) {
  const { name, isBot } = sender(message);
  const files = message.files?.length ? el("ul", { class: "files" }, message.files.map(fileItem)) : null;
  const canReply = !message.ephemeral_to;
  const answer = canReply
    ? el(
        "button",
        { type: "button", class: "reply", on: { click: () => reply(message) } },
        "返信",
        unseen(`（${name}へ）`),
      )
    : null;
  const kind = `message${isBot ? " bot" : ""}${message.ephemeral_to ? " ephemeral" : ""}`;
  return el(
    "article",
    { class: kind, "aria-label": `${name} ${hourMinute(msOfTs(message.ts))}`, data: { ts: message.ts } },
    el("span", { class: "avatar", "aria-hidden": "true" }, [...name][0]),
    el("div", { class: "body" }, heading(message, name, isBot), content(message, refresh), files, answer),
  );
}

/** The node kept under `key`; made anew when what it is `made` of changed. */
function kept(key, made, make) {
  const known = drawn.get(key);
  if (known?.made === made) return known.node;
  const node = make();
  drawn.set(key, { made, node });
  return node;
}

function nodeOf(message, tools) {
  const key = `${state.me} ${message.channel} ${message.ts} ${message.ephemeral_to ?? ""}`;
  return kept(key, JSON.stringify(message), () => messageNode(message, tools));
}

/** Messages as threads: each first message with its answers, in order of time. */
function threadsOf(messages) {
  const first = new Map();
  const threads = [];
  for (const message of messages) {
    const isReply = message.thread_ts && message.thread_ts !== message.ts;
    const root = isReply ? first.get(message.thread_ts) : null;
    if (root) root.replies.push(message);
    else {
      const thread = { message, replies: [] };
      first.set(message.ts, thread);
      threads.push(thread);
    }
  }
  return threads;
}

/** What the app says it is doing in a message's thread. */
function statusesOf(message, { statuses }) {
  return statuses.filter((each) => each.thread_ts === message.ts);
}

/** Slack puts the app's name before the status. */
function statusNode(status) {
  return el("p", { class: "status", role: "status" }, `${names.user(state.bot.user_id)} ${status}`);
}

function repliesNode({ message, replies }, tools) {
  const key = `thread ${state.me} ${message.channel} ${message.ts}`;
  const node = kept(key, "", () =>
    el("div", { class: "thread", role: "group", "aria-label": "スレッドの返信" }),
  );
  const said = statusesOf(message, tools).map(({ status }) => statusNode(status));
  reconcile(node, [...replies.map((each) => nodeOf(each, tools)), ...said]);
  return node;
}

function threadNodes(threads, tools) {
  let day = null;
  return threads.flatMap((thread) => {
    const ms = msOfTs(thread.message.ts);
    const starts = dayName(ms) !== day;
    day = dayName(ms);
    const separator = starts
      ? [kept(`day ${thread.message.channel} ${day}`, "", () => el("h2", { class: "day" }, day))]
      : [];
    const hasMore = thread.replies.length || statusesOf(thread.message, tools).length;
    const nested = hasMore ? [repliesNode(thread, tools)] : [];
    return [...separator, nodeOf(thread.message, tools), ...nested];
  });
}

/**
 * Shows a channel's messages in `list`, keeping the focus and the nodes that did not change.
 * @param {HTMLElement} list
 * @param {object[]} messages oldest first
 * @param {{refresh: Function, reply: Function, statuses: object[]}} tools
 */
export function showMessages(list, messages, tools) {
  reconcile(list, threadNodes(threadsOf(messages), tools));
}

/** Forgets drawn messages, for a workspace that was reset. */
export function forgetMessages() {
  drawn.clear();
}
