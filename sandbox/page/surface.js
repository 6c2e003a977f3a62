// The surfaces where blocks live, a message, a form or the Home tab, and what using an element does.

import { fileUrl, send } from "./api.js";
import { askConfirm } from "./dialog.js";
import { stateOf } from "./kept.js";
import { hush, tell } from "./notice.js";
import { sentenceOf, sentenceOfFailure } from "./sentences.js";
import { channelsOf, names, people, state } from "./state.js";

/**
 * Runs a call while `node` shows that it is busy; a second use of it meanwhile does nothing.
 * @param {HTMLElement|null} node
 * @param {() => Promise<object>} work
 * @returns {Promise<object|null>} the answer, null when it failed; failures are told to the person
 */
export async function busily(node, work) {
  if (node?.getAttribute("aria-busy") === "true") return null;
  node?.setAttribute("aria-busy", "true");
  hush();
  try {
    const answer = await work();
    if (answer.error && !answer.errors) tell(sentenceOf(answer.error), "error");
    return answer;
  } catch (error) {
    tell(sentenceOfFailure(error), "error");
    return null;
  } finally {
    node?.removeAttribute("aria-busy");
  }
}

function chosenIn({ type, ...chosen }) {
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
}

/**
 * A surface as elements.js describes it.
 * @param {object} where `{channel, message_ts}` or `{view_id}`
 * @param {() => Promise<void>} refresh called after the bot acked
 * @param {number} under the level of the heading that the blocks stand under
 */
export function surfaceAt(where, refresh, under = 2) {
  const surface = {
    names,
    under,
    fields: [],
    kept: {},
    users: () => people().map(({ id }) => ({ id, name: names.user(id) })),
    channels: () => channelsOf(state.me).filter((channel) => !channel.is_im),
    fileUrl: (id) => fileUrl(id, state.me),
    suggest: (block_id, action_id, value) =>
      send("suggest", { user: state.me, block_id, action_id, value, ...where }),
    async act(node, element, block_id, used) {
      if (element.confirm && !(await askConfirm(element.confirm, names))) return;
      const values = stateOf(surface.fields);
      const { action_id } = element;
      const body = { user: state.me, action_id, block_id, values, ...chosenIn(used), ...where, wait: 0 };
      await busily(node, () => send("interact", body));
      await refresh();
    },
  };
  return surface;
}
