// Where a person types: a message, or a command when the text begins with a slash.

import { ApiError, send } from "./api.js";
import { asSent, offerHints } from "./hints.js";
import { hush, tell } from "./notice.js";
import { sentenceOf, sentenceOfFailure } from "./sentences.js";
import { HOME, names, state } from "./state.js";
import { attachedFiles, dropAttached, startAttaching, upload } from "./upload.js";

const form = document.getElementById("composer");
const area = document.getElementById("text");
const busy = document.getElementById("busy");
const replying = document.getElementById("replying");

let thread = null;
/** What was typed and not sent, by user and place. */
const drafts = new Map();
let draftOf = null;
let waiting = 0;
const past = [];
let afterSending = async () => {};

function grow() {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 200)}px`;
}

/** Puts text into the composer, ready to be sent. */
export function compose(text) {
  area.value = text;
  grow();
  area.focus();
  area.setSelectionRange(text.length, text.length);
}

/** Puts away what is typed and takes up what was typed where the person is now. */
export function changeDraft() {
  const here = `${state.me} ${state.place}`;
  if (here === draftOf) return;
  if (draftOf) drafts.set(draftOf, area.value);
  draftOf = here;
  area.value = drafts.get(here) ?? "";
  grow();
}

/** Forgets every draft, for a workspace that was reset. */
export function forgetDrafts() {
  drafts.clear();
  area.value = "";
  grow();
}

/** Makes what is sent next an answer in a message's thread; null for none. */
export function replyTo(message) {
  thread = message ? (message.thread_ts ?? message.ts) : null;
  replying.hidden = !thread;
  if (!message) return;
  replying.firstElementChild.textContent = `${names.user(message.user)} さんのメッセージに返信`;
  area.focus();
}

function command(text) {
  const [name] = text.split(/\s/, 1);
  const rest = text.slice(name.length).trim();
  return send("command", { user: state.me, channel: state.place, command: name, text: rest });
}

function message(text) {
  const files = attachedFiles();
  const body = { user: state.me, channel: state.place, text: asSent(text), wait: 0 };
  if (thread) body.thread_ts = thread;
  return files.length ? upload(files, body) : send("message", body);
}

/** Counts what is under way; the next text may be sent meanwhile. */
function wait(change) {
  waiting += change;
  form.setAttribute("aria-busy", String(waiting > 0));
  busy.textContent = waiting ? "応答を待っています…" : "";
}

/**
 * Sends a text as the acting user to the present place.
 * @returns {Promise<boolean>} whether it went through
 */
export async function sendText(text) {
  wait(1);
  hush();
  try {
    const answer = await (text.startsWith("/") ? command(text) : message(text));
    if (answer.error) tell(sentenceOf(answer.error), "error");
    await afterSending();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell(sentenceOfFailure(error), "error");
    return false;
  } finally {
    wait(-1);
  }
}

async function submit() {
  const text = area.value.trim();
  const where = draftOf;
  if ((!text && !attachedFiles().length) || state.place === HOME) return;
  if (thread && text.startsWith("/")) {
    tell("コマンドはスレッドの返信では使えません。", "error");
    return;
  }
  compose("");
  if (text) past.push(text);
  if (await sendText(text)) {
    dropAttached();
    replyTo(null);
  } else if (where === draftOf && !area.value) compose(text);
  else if (where !== draftOf) drafts.set(where, text);
}

function press(event, usedByHints) {
  // Enter that ends a conversion of Japanese input must not send.
  if (event.isComposing || event.keyCode === 229) return;
  if (usedByHints(event)) event.preventDefault();
  else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "ArrowUp" && !area.value && past.length) {
    event.preventDefault();
    compose(past.at(-1));
  }
}

/** Lets the composer work. `sent` is called after each sending. */
export function startComposer(sent) {
  afterSending = sent;
  const usedByHints = offerHints(area);
  area.addEventListener("keydown", (event) => press(event, usedByHints));
  area.addEventListener("input", grow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  replying.lastElementChild.addEventListener("click", () => {
    replyTo(null);
    area.focus();
  });
  startAttaching(() => area.focus());
}
