// Links that apps send. They open in a new tab; only the schemes of web pages and mail are live.

import { el, unseen } from "./dom.js";

const LIVE = /^(https?:\/\/|mailto:)/i;

/** Whether a text is an address that may be opened. */
export function isAddress(text) {
  return LIVE.test(text);
}

/**
 * A link, or null when the address is not one to be opened (`javascript:` and the like).
 * @param {string} url
 * @param {string|Node[]} shown
 * @param {object} props further attributes
 */
export function linkTo(url, shown, props = {}) {
  if (!isAddress(url)) return null;
  const open = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return el("a", { ...open, ...props }, shown, unseen("（新しいタブ）"));
}
