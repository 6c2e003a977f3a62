// Slack's mrkdwn as DOM nodes. The three escaped characters are undone only in text, at the leaves.

import { el } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { linkTo } from "./link.js";
import { dateByFormat } from "./time.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };

// Slack takes a marker for one only next to a space, a mark or the end of the line: *太字*です stays
// as typed. Answers that look right here then look right there.
const WORD = "[\\p{L}\\p{N}_]";
const TOKEN = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    ":(?<emoji>[a-z0-9_+-]+):",
    `(?<!${WORD})(?<mark>[*_~])(?!\\s)(?<styled>(?:(?!\\k<mark>)[^\\n])*?\\S)\\k<mark>(?!${WORD})`,
  ].join("|"),
  "gu",
);

/** Undoes the three escapes of Slack's text. */
export function unescapeText(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function mention(text) {
  return el("span", { class: "mention" }, text);
}

function special(body, names) {
  const [command, label] = body.slice(1).split("|");
  const [kind, seconds, format, url] = command.split("^");
  if (kind === "date" && /^\d+$/.test(seconds ?? "")) {
    const shown = dateByFormat(Number(seconds), unescapeText(format ?? "{date}"));
    return url ? linkTo(url, shown) : el("time", {}, shown);
  }
  if (["channel", "here", "everyone"].includes(kind)) return mention(`@${kind}`);
  if (kind === "subteam") return mention(label ?? names.group(seconds));
  return label ? unescapeText(label) : null;
}

function angle(body, names) {
  const [target, label] = [body.split("|")[0], body.split("|").slice(1).join("|")];
  if (body.startsWith("!")) return special(body, names);
  if (/^@[UWB]\w+$/.test(target)) return mention(`@${names.user(target.slice(1))}`);
  if (/^#[CGD]\w+$/.test(target)) return mention(`#${label || names.channel(target.slice(1))}`);
  return linkTo(unescapeText(target), unescapeText(label || target));
}

function token(match, names) {
  const { code, angle: body, emoji, mark, styled } = match.groups;
  if (code !== undefined) return el("code", {}, unescapeText(code));
  if (body !== undefined) return angle(body, names);
  if (emoji !== undefined) return emojiOf(emoji);
  return el(STYLES[mark], {}, inline(styled, names));
}

function inline(text, names) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const node = token(match, names);
    if (node === null) continue;
    nodes.push(unescapeText(text.slice(from, match.index)), node);
    from = match.index + match[0].length;
  }
  nodes.push(unescapeText(text.slice(from)));
  return nodes.filter((node) => node !== "");
}

const QUOTE = /^(?:>|&gt;) ?/;

function lines(text, names) {
  const nodes = [];
  let quote = null;
  for (const [index, line] of text.split("\n").entries()) {
    if (QUOTE.test(line)) {
      if (quote) quote.append("\n");
      else nodes.push((quote = el("blockquote")));
      quote.append(...inline(line.replace(QUOTE, ""), names));
    } else {
      if (index > 0 && !quote) nodes.push("\n");
      quote = null;
      nodes.push(...inline(line, names));
    }
  }
  return nodes;
}

/**
 * Slack's mrkdwn as nodes to put into an element that keeps line breaks.
 * @param {string} text
 * @param {{user: Function, channel: Function, group: Function}} names id → shown name
 * @returns {(Node|string)[]}
 */
export function mrkdwn(text, names) {
  return text.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, index) => {
    if (index % 2) return [el("pre", { tabindex: 0 }, unescapeText(part))];
    return part ? lines(part, names) : [];
  });
}
