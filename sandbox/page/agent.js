// What the app suggests to ask in its direct messages: buttons above the composer, as in Slack.

import { sendText } from "./composer.js";
import { el, reconcile } from "./dom.js";

const strip = document.getElementById("prompts");

let shown = "";

function prompt({ title, message }) {
  const props = {
    type: "button",
    class: "button small",
    data: { focus: `prompt/${message}` },
    on: { click: () => sendText(message) },
  };
  return el("button", props, title);
}

/**
 * Shows the suggestions of the present place.
 * @param {{title: string, prompts: {title: string, message: string}[]}|null} agent null where there is none
 */
export function showAgent(agent) {
  const prompts = agent?.prompts ?? [];
  strip.hidden = !prompts.length;
  const made = JSON.stringify([agent?.title, prompts]);
  if (made === shown) return;
  shown = made;
  const title = agent?.title ? el("span", { class: "quiet" }, agent.title) : null;
  reconcile(strip, [title, ...prompts.map(prompt)].filter(Boolean));
}
