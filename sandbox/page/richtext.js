// rich_text blocks: sections, lists, quotes and preformatted text. Their text is raw, never escaped.

import { el } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { linkTo } from "./link.js";
import { dateByFormat } from "./time.js";

const STYLES = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
];

function styled(node, style = {}) {
  return STYLES.reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}

function mention(text) {
  return el("span", { class: "mention" }, text);
}

function unicodeOf(element) {
  const points = (element.unicode ?? "").split("-").map((hex) => Number.parseInt(hex, 16));
  return points.every(Number.isInteger) ? String.fromCodePoint(...points) : null;
}

const INLINE = {
  text: (element) => element.text,
  link: (element) => linkTo(element.url, element.text || element.url) ?? element.text ?? element.url,
  emoji: (element) => unicodeOf(element) ?? emojiOf(element.name) ?? `:${element.name}:`,
  user: (element, names) => mention(`@${names.user(element.user_id)}`),
  channel: (element, names) => mention(`#${names.channel(element.channel_id)}`),
  usergroup: (element, names) => mention(`@${names.group(element.usergroup_id)}`),
  broadcast: (element) => mention(`@${element.range}`),
  color: (element) => el("code", {}, element.value),
  date: (element) => el("time", {}, dateByFormat(element.timestamp, element.format)),
};

function inline(elements, names) {
  return (elements ?? []).map((element) => {
    const make = INLINE[element.type];
    return make ? styled(make(element, names), element.style) : `［未対応の要素: ${element.type}］`;
  });
}

function list(element, names) {
  const indent = Math.min(element.indent ?? 0, 8);
  const tag = element.style === "ordered" ? "ol" : "ul";
  const props = { class: `rich-list indent-${indent}` };
  if (tag === "ol" && element.offset) props.start = element.offset + 1;
  const items = element.elements.map((item) => el("li", {}, inline(item.elements, names)));
  return el(tag, props, items);
}

const SECTIONS = {
  rich_text_section: (element, names) => el("p", {}, inline(element.elements, names)),
  rich_text_list: list,
  rich_text_quote: (element, names) => el("blockquote", {}, inline(element.elements, names)),
  rich_text_preformatted: (element, names) => el("pre", { tabindex: 0 }, inline(element.elements, names)),
};

/**
 * The parts of a rich_text block.
 * @param {{elements: object[]}} block
 * @param {{user: Function, channel: Function, group: Function}} names
 * @returns {Node[]}
 */
export function richText(block, names) {
  return (block.elements ?? []).map((element) => {
    const make = SECTIONS[element.type];
    return make ? make(element, names) : el("p", {}, `［未対応の要素: ${element.type}］`);
  });
}
