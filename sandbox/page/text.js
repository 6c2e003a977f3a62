// Text objects: plain_text and mrkdwn.

import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** A text object as a string, for labels and attributes. */
export function plainOf(object) {
  if (!object) return "";
  return typeof object === "string" ? object : withEmoji(object.text ?? "");
}

/** A text object as nodes. Verbatim text keeps what looks like markup. */
export function textOf(object, names) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : [plainOf(object)];
}

/** An element that holds a text object and keeps its line breaks. */
export function textBlock(tag, object, names, props = {}) {
  return el(tag, { class: "text", ...props }, textOf(object, names));
}
