// The app's Home tab of the acting user.

import { send } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { el, reconcile } from "./dom.js";
import { names, state } from "./state.js";
import { surfaceAt } from "./surface.js";

let shown = { user: null, hash: null };

function empty() {
  const bot = names.user(state.bot.user_id);
  return el("p", { class: "empty" }, `${bot} はまだホームに何も表示していません。`);
}

/** Tells the bot that the person opened the tab. */
export function openHome() {
  shown = { user: null, hash: null };
  return send("open-home", { user: state.me });
}

/** Tells the bot that the person looks at their direct messages with it. */
export function openMessages() {
  return send("open-home", { user: state.me, tab: "messages", wait: 0 });
}

/**
 * Shows the tab as it is now; a tab that did not change is left alone.
 * @param {HTMLElement} list where the blocks go
 * @param {object|null} view
 * @param {() => Promise<void>} refresh
 */
export function showHome(list, view, refresh) {
  const user = state.me;
  if (shown.user === user && shown.hash === (view?.hash ?? null)) return;
  shown = { user, hash: view?.hash ?? null };
  const blocks = view ? renderBlocks(view.blocks, surfaceAt({ view_id: view.id }, refresh, 1)) : [empty()];
  reconcile(list, [el("div", { class: "home" }, blocks)]);
}
