// The strip that leads through one round, step by step, as the workspace's guide tells.

import { goTo, momentOf } from "./clock.js";
import { compose } from "./composer.js";
import { el, reconcile, unseen } from "./dom.js";
import { names, state } from "./state.js";

const strip = document.getElementById("guide");
const HIDDEN = "guide-hidden";

let at = 0;
const done = new Set();
let goThere = async () => {};

/** The button's words; the part that says as whom is left out on a narrow page. */
function buttonText(step) {
  const as = el("span", { class: "wide" }, step.as ? `${names.user(step.as)} として\u00a0` : "");
  if (step.clock) return ["時計を進める"];
  return [as, step.text ? "入力する" : "開く"];
}

async function perform(step, index, go) {
  await go({ user: step.as, place: step.channel });
  const moved = step.clock ? await goTo(momentOf(step.clock)) : true;
  if (step.text) compose(step.text);
  // A step that names what shows its end is done when that is seen (`noteMessages`).
  if (!moved || step.done) return;
  done.add(index);
  draw(go);
}

function chip(step, index, go) {
  const choose = () => {
    at = index;
    draw(go);
  };
  const finished = done.has(index);
  const props = {
    type: "button",
    "aria-current": index === at ? "step" : null,
    data: { focus: `guide/${index}` },
    on: { click: choose },
  };
  const mark = el(
    "span",
    { class: "step-number", "aria-hidden": "true" },
    finished ? "✓" : String(index + 1),
  );
  return el(
    "li",
    {},
    el("button", props, mark, unseen(`手順${index + 1} `), step.title, finished ? unseen("（済み）") : null),
  );
}

function button(words, style, key, press) {
  const props = { type: "button", class: `button ${style}`, data: { focus: key }, on: { click: press } };
  return el("button", props, words);
}

function buttons(step, go) {
  const next = () => {
    at += 1;
    draw(go);
  };
  const [doing, onward] = done.has(at) ? ["", "primary"] : ["primary", ""];
  return [
    button(buttonText(step), doing, "guide/run", () => perform(step, at, go)),
    at < state.guide.length - 1 ? button("次へ", onward, "guide/next", next) : null,
    button(["閉じる", unseen("（案内）")], "quiet", "guide/close", () => showGuide(false)),
  ];
}

function draw(go) {
  const step = state.guide[at];
  const typed = step.text ? el("code", {}, step.text) : null;
  reconcile(strip, [
    el(
      "ol",
      {},
      state.guide.map((each, index) => chip(each, index, go)),
    ),
    el("p", { class: "step-hint" }, step.hint, " ", typed),
    el("div", { class: "step-buttons" }, buttons(step, go)),
  ]);
}

function isEndOf(step, { user, text }) {
  const isHere = state.me === step.as && state.place === step.channel;
  return step.done && isHere && user === state.bot.user_id && text.includes(step.done);
}

/** Ticks the steps whose end can be seen among these messages of the present place. */
export function noteMessages(messages) {
  const ended = (step) => messages.some((message) => isEndOf(step, message));
  const news = state.guide.flatMap((step, index) => (!done.has(index) && ended(step) ? [index] : []));
  if (!news.length) return;
  for (const index of news) done.add(index);
  draw(goThere);
}

/** Shows or hides the strip; the choice is kept in this browser. */
export function showGuide(isShown) {
  strip.hidden = !isShown || !state.guide.length;
  localStorage.setItem(HIDDEN, isShown ? "" : "yes");
  if (!isShown) document.getElementById("text").focus();
}

/**
 * Draws the guide from its first step.
 * @param {(where: {user: string, place: string}) => Promise<void>} go moves the person there
 */
export function startGuide(go) {
  if (!state.guide.length) return;
  at = 0;
  goThere = go;
  done.clear();
  draw(go);
  strip.hidden = localStorage.getItem(HIDDEN) === "yes";
}
