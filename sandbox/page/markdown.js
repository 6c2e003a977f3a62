// The markdown block: the common part of standard Markdown, line by line.

import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { linkTo } from "./link.js";

const TOKEN = new RegExp(
  [
    "`(?<code>[^`]+)`",
    "\\[(?<label>[^\\]]+)\\]\\((?<url>[^)\\s]+)\\)",
    "(?<strongMark>\\*\\*|__)(?<strong>\\S(?:.*?\\S)??)\\k<strongMark>",
    "~~(?<strike>[^~]+)~~",
    "(?<![\\w*])(?<emMark>[*_])(?<em>[^*_\\s](?:[^*_]*[^*_\\s])?)\\k<emMark>(?![\\w*])",
  ].join("|"),
  "gu",
);

function token({ code, label, url, strong, strike, em }) {
  if (code !== undefined) return el("code", {}, code);
  if (url !== undefined) return linkTo(url, inline(label));
  if (strong !== undefined) return el("strong", {}, inline(strong));
  if (strike !== undefined) return el("s", {}, inline(strike));
  return el("em", {}, inline(em));
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const node = token(match.groups);
    if (node === null) continue;
    nodes.push(withEmoji(text.slice(from, match.index)), node);
    from = match.index + match[0].length;
  }
  return [...nodes, withEmoji(text.slice(from))];
}

const ITEM = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const FENCE = /^\s*```/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const HEADING = /^(#{1,6})\s+(.*)$/;
const DASHES = /^\s*\|?[\s:|-]*-[\s:|-]*$/;

function takeWhile(lines, test) {
  const taken = [];
  while (lines.length && test(lines[0])) taken.push(lines.shift());
  return taken;
}

function fence(lines) {
  lines.shift();
  const body = takeWhile(lines, (line) => !FENCE.test(line));
  lines.shift();
  return el("pre", { tabindex: 0 }, body.join("\n"));
}

function heading(lines) {
  const [, marks, text] = HEADING.exec(lines.shift());
  return el(`h${Math.min(marks.length + 2, 6)}`, {}, inline(text));
}

function rule(lines) {
  lines.shift();
  return el("hr");
}

function quote(lines) {
  const body = takeWhile(lines, (line) => line.startsWith(">"));
  return el("blockquote", {}, markdown(body.map((line) => line.replace(/^> ?/, "")).join("\n")));
}

function list(lines) {
  const [, indent, number] = ITEM.exec(lines[0]);
  const node = number ? el("ol", { start: number }) : el("ul");
  while (lines.length && ITEM.test(lines[0])) {
    const [, deeper, , text] = ITEM.exec(lines[0]);
    if (deeper.length < indent.length) break;
    if (deeper.length > indent.length && node.lastChild) node.lastChild.append(list(lines));
    else {
      lines.shift();
      node.append(el("li", {}, inline(text)));
    }
  }
  return node;
}

function cells(line) {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

function table(lines) {
  const head = cells(lines.shift());
  lines.shift();
  const rows = takeWhile(lines, (line) => line.includes("|")).map(cells);
  const row = (tag) => (texts) =>
    el(
      "tr",
      {},
      texts.map((text) => el(tag, {}, inline(text))),
    );
  const content = el("table", {}, el("thead", {}, row("th")(head)), el("tbody", {}, rows.map(row("td"))));
  return el("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": "表" }, content);
}

const starts = [
  [(lines) => FENCE.test(lines[0]), fence],
  [(lines) => HEADING.test(lines[0]), heading],
  [(lines) => RULE.test(lines[0]), rule],
  [(lines) => lines[0].startsWith(">"), quote],
  [(lines) => ITEM.test(lines[0]), list],
  [(lines) => lines[0].includes("|") && DASHES.test(lines[1] ?? "x"), table],
];

function paragraph(lines) {
  const body = [lines.shift()];
  while (lines.length && lines[0].trim() && !starts.some(([test]) => test(lines))) body.push(lines.shift());
  return el("p", {}, inline(body.join("\n")));
}

/** The parts of a markdown text: headings, lists, quotes, code, tables, rules, paragraphs. */
export function markdown(text) {
  const lines = text.split("\n");
  const nodes = [];
  while (lines.length) {
    const [, make] = starts.find(([test]) => test(lines)) ?? [null, paragraph];
    if (lines[0].trim()) nodes.push(make(lines));
    else lines.shift();
  }
  return nodes;
}
