// Forms over the page: the view in front of the acting user's stack, drawn from `/_control/views`.

import { send } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { openDialog } from "./dialog.js";
import { el, reconcile } from "./dom.js";
import { problemsOf } from "./check.js";
import { stateOf } from "./kept.js";
import { names, state } from "./state.js";
import { busily, surfaceAt } from "./surface.js";
import { plainOf } from "./text.js";

/** What stands in front: {view, surface, dialog, form}, or null. */
let front = null;
/** What was typed in views that are covered by others, by view id. */
const typed = new Map();
let refresh = async () => {};

function showErrors(form, errors) {
  for (const block of form.querySelectorAll("[data-block]")) {
    const sentence = errors[block.dataset.block];
    const place = block.querySelector(".field-error");
    if (!place) continue;
    place.textContent = sentence ?? "";
    for (const control of block.querySelectorAll("input, textarea, select")) {
      if (sentence) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
  form.querySelector("[aria-invalid]")?.focus();
  report(form, Object.keys(errors).length);
}

function report(form, count) {
  const line = form.querySelector(".dialog-notice");
  line.textContent = count ? `入力に誤りがあります（${count}か所）` : "";
  line.hidden = !count;
}

async function submit() {
  const { view, surface, form } = front;
  const values = stateOf(surface.fields);
  const problems = problemsOf(view.blocks, values);
  showErrors(form, problems);
  if (Object.keys(problems).length) return;
  const body = { user: state.me, view_id: view.id, values, wait: 0 };
  const answer = await busily(form, () => send("submit-view", body));
  if (answer?.errors) showErrors(form, answer.errors);
  else await refresh();
}

async function close() {
  const { view, form } = front;
  await busily(form, () => send("close-view", { user: state.me, view_id: view.id, wait: 0 }));
  await refresh();
}

function buttons(view) {
  const closing = el(
    "button",
    { type: "button", class: "button", on: { click: close } },
    plainOf(view.close) || "閉じる",
  );
  const hasForm = view.submit || view.blocks.some((block) => block.type === "input");
  const sending = hasForm
    ? el(
        "button",
        { type: "submit", class: "button primary", disabled: view.submit_disabled },
        plainOf(view.submit) || "送信",
      )
    : null;
  return el("footer", { class: "dialog-buttons" }, closing, sending);
}

function formFor(view, surface) {
  const form = el(
    "form",
    { novalidate: true },
    el("p", { class: "dialog-note" }, `${names.user(state.me)} だけに表示されています`),
    el("p", { class: "dialog-notice", role: "alert", hidden: true }),
    el("div", { class: "dialog-blocks" }, renderBlocks(view.blocks, surface)),
    buttons(view),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return form;
}

function surfaceFor(view) {
  const surface = surfaceAt({ view_id: view.id }, () => refresh());
  surface.kept = { ...view.state?.values, ...typed.get(view.id) };
  return surface;
}

function focusFirst(form) {
  const wanted = ["[data-first]", "input, textarea, select", "button"];
  const found = wanted.map((selector) => form.querySelector(selector));
  found.find(Boolean).focus();
}

function openView(view) {
  const surface = surfaceFor(view);
  const form = formFor(view, surface);
  const dialog = openDialog(plainOf(view.title), [form], { class: "modal", data: { view: view.id } });
  // Esc must tell the bot; the dialog leaves once the view is gone.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  focusFirst(form);
  front = { view, surface, dialog, form };
}

function redraw(view) {
  typed.set(view.id, stateOf(front.surface.fields));
  const surface = surfaceFor(view);
  front.dialog.querySelector(".dialog-title").textContent = plainOf(view.title);
  reconcile(front.form.querySelector(".dialog-blocks"), renderBlocks(view.blocks, surface));
  front.form.querySelector("footer").replaceWith(buttons(view));
  Object.assign(front, { view, surface });
  if (!front.form.contains(document.activeElement)) focusFirst(front.form);
}

function leave() {
  typed.set(front.view.id, stateOf(front.surface.fields));
  front.dialog.close();
  front = null;
}

/** Shows the last of the acting user's views, or none. What was typed in fields that stay is kept. */
export function showViews(views) {
  const view = views.at(-1);
  if (front && (front.view.id !== view?.id || !front.dialog.open)) leave();
  if (!view) return typed.clear();
  if (!front) return openView(view);
  return front.view.hash === view.hash ? undefined : redraw(view);
}

/** Tells what to call after the bot may have changed something. */
export function startModals(refreshAll) {
  refresh = refreshAll;
}
