// The sandbox's clock: shown running, and set forward by the person.

import { send } from "./api.js";
import { tell } from "./notice.js";
import { channelOf, names } from "./state.js";
import { busily } from "./surface.js";
import { fullTime, isoOfLocal, localInput, nextWeekday } from "./time.js";

const shown = document.getElementById("now");
const box = document.getElementById("clock");
const form = document.getElementById("clock-form");
const field = document.getElementById("clock-to");

let ahead = 0;

/** The sandbox's present in milliseconds. */
export function sandboxNow() {
  return Date.now() + ahead;
}

function tick() {
  shown.textContent = fullTime(sandboxNow());
}

/** Takes the clock from the server's `now`. */
export function setFace(now) {
  ahead = Date.parse(now) - Date.now();
  tick();
}

function postedSentence(posted) {
  if (!posted?.length) return "新しい投稿はありません。";
  const places = posted.map(({ channel }) => channelOf(channel)).filter(Boolean);
  const title = (each) => (each.is_im ? `${names.user(each.user)} へのDM` : `#${each.name}`);
  return `投稿 ${posted.length}件（${[...new Set(places.map(title))].join("、")}）`;
}

/**
 * Sets the sandbox's clock and waits until what became due was posted.
 * @param {string} local a value as of `<input type="datetime-local">`, Japan time
 * @returns {Promise<boolean>} whether it went through
 */
export async function goTo(local) {
  const answer = await busily(form, () => send("clock", { now: isoOfLocal(local) }));
  if (!answer || answer.error) return false;
  setFace(answer.now ?? isoOfLocal(local));
  tell(`時計を ${fullTime(sandboxNow())} にしました。${postedSentence(answer.posted)}`);
  return true;
}

/** Closes the panel. */
export function closeClock() {
  box.open = false;
}

/** The moment that a guide step names, `next monday 09:00` or an ISO time, as `goTo` takes it. */
export function momentOf(words) {
  const next = /^next (\w+) (\d\d):(\d\d)$/.exec(words);
  if (!next) return words.slice(0, 16);
  return nextWeekday(sandboxNow(), next[1], Number(next[2]), Number(next[3]));
}

/** Lets the clock run and its buttons work; `changed` is called after it was set. */
export function startClock(changed) {
  const go = async (local) => {
    if (await goTo(local)) box.open = false;
    await changed();
  };
  setInterval(tick, 1000);
  // `toggle` comes late and would overwrite what was typed meanwhile; a click comes before it opens.
  box.firstElementChild.addEventListener("click", () => {
    if (!box.open) field.value = localInput(sandboxNow());
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.firstElementChild.focus();
  });
  document
    .getElementById("next-monday")
    .addEventListener("click", () => go(nextWeekday(sandboxNow(), "monday", 9, 0)));
  document
    .getElementById("next-morning")
    .addEventListener("click", () => go(nextWeekday(sandboxNow(), "day", 9, 0)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(field.value);
  });
}
