// The workspace as the server has it: read again whenever it changed, and brought back to its start.

import { read, send } from "./api.js";
import { setFace } from "./clock.js";
import { askConfirm } from "./dialog.js";
import { el } from "./dom.js";
import { names, people, state, update } from "./state.js";
import { busily } from "./surface.js";

const CONNECTION_MS = 3000;

const who = document.getElementById("who");
let askAgain;

/** Shows in the top bar as whom the person acts. */
export function showPerson() {
  const offered = people();
  // An open list would close if it were filled again.
  const ids = offered.map(({ id }) => id).join();
  if (who.dataset.offered !== ids) {
    who.replaceChildren(...offered.map(({ id }) => el("option", { value: id }, names.user(id))));
  }
  who.dataset.offered = ids;
  who.value = state.me;
}

/** Says when no app is connected. Connecting is no change of the workspace, so it is asked for. */
function showConnection() {
  document.getElementById("offline").hidden = state.connections > 0;
  clearTimeout(askAgain);
  if (!state.connections) askAgain = setTimeout(load, CONNECTION_MS);
}

/** Reads users, channels, clock and the rest. ApiError when the server can't be reached. */
export async function load() {
  const fresh = await read("state");
  setFace(fresh.now);
  update(fresh);
  document.getElementById("team").textContent = state.team.name;
  showPerson();
  showConnection();
}

/**
 * Makes workspace and app as they were at first, if the person agrees.
 * @returns {Promise<boolean>} whether it was done
 */
export async function startOver() {
  const question = {
    title: "最初の状態に戻しますか",
    text: "メッセージ、フォーム、アプリのデータがすべて消えます。",
    confirm: "最初の状態に戻す",
    style: "danger",
  };
  if (!(await askConfirm(question, names))) return false;
  const button = document.getElementById("reset");
  const answer = await busily(button, () => send("reset", { bot_data: true }));
  return Boolean(answer);
}
