// Block Kit: each block type's drawing. What is not known says so instead of vanishing.

import { chartBlock } from "./chart.js";
import { el, freshId } from "./dom.js";
import { picture, renderElement } from "./elements.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { dataTableBlock, tableBlock } from "./tables.js";
import { plainOf, textBlock, textOf } from "./text.js";

function section(block, surface) {
  const { names } = surface;
  const fields = block.fields?.map((field) => textBlock("div", field, names));
  const body = el(
    "div",
    { class: "section-text" },
    block.text ? textBlock("div", block.text, names) : null,
    fields ? el("div", { class: "fields" }, fields) : null,
  );
  if (!block.accessory) return body;
  const accessory = renderElement(block.accessory, { surface, block_id: block.block_id });
  return el("div", { class: "section" }, body, el("div", { class: "accessory" }, accessory));
}

function header(block, surface) {
  const level = Math.min(Math.max(block.level ?? 1, 1), 4);
  return el(`h${level + surface.under}`, { class: `header level-${level}` }, plainOf(block.text));
}

function context(block, surface) {
  const parts = block.elements.map((element) =>
    element.type === "image"
      ? renderElement(element, { surface })
      : textBlock("span", element, surface.names),
  );
  return el("div", { class: "context" }, parts);
}

function actions(block, surface) {
  const parts = block.elements.map((element) =>
    renderElement(element, { surface, block_id: block.block_id }),
  );
  return el("div", { class: "actions" }, parts);
}

function image(block, surface) {
  const title = block.title ? el("figcaption", {}, plainOf(block.title)) : null;
  return el("figure", { class: "image" }, title, picture(block, surface));
}

function input(block, surface) {
  const ids = {
    label: freshId("label"),
    hint: freshId("hint"),
    error: freshId("error"),
    input: freshId("input"),
  };
  const mark = block.optional ? el("small", { class: "optional" }, "（任意）") : null;
  const element = renderElement(block.element, {
    surface,
    block_id: block.block_id,
    quiet: !block.dispatch_action,
    inputId: ids.input,
    labelledBy: ids.label,
    describedBy: `${ids.hint} ${ids.error}`,
    required: !block.optional,
  });
  return el(
    "div",
    { class: "input" },
    el("label", { id: ids.label, for: ids.input }, plainOf(block.label), mark),
    element,
    el("p", { id: ids.hint, class: "hint" }, plainOf(block.hint)),
    el("p", { id: ids.error, class: "field-error" }),
  );
}

const LEVELS = { info: "お知らせ", warning: "注意", error: "エラー", success: "完了" };

function alert(block, surface) {
  const level = Object.hasOwn(LEVELS, block.level ?? "") ? block.level : "default";
  const word = level === "default" ? null : el("strong", {}, LEVELS[level]);
  return el(
    "div",
    { class: `alert ${level}`, role: "note" },
    word,
    textBlock("div", block.text, surface.names),
  );
}

function container(block, surface) {
  const title = block.rich_text_title ? richText(block.rich_text_title, surface.names) : plainOf(block.title);
  const subtitle = block.subtitle ? el("small", {}, textOf(block.subtitle, surface.names)) : null;
  const inner = renderBlocks(block.child_blocks, surface);
  if (!block.is_collapsible)
    return el("section", { class: "container" }, el("strong", {}, title), subtitle, inner);
  const open = !block.default_collapsed;
  return el("details", { class: "container", open }, el("summary", {}, title, subtitle), inner);
}

const BLOCKS = {
  section,
  header,
  context,
  actions,
  image,
  input,
  alert,
  container,
  divider: () => el("hr"),
  rich_text: (block, surface) => el("div", { class: "text rich" }, richText(block, surface.names)),
  markdown: (block) => el("div", { class: "text rich" }, markdown(block.text)),
  table: tableBlock,
  data_table: dataTableBlock,
  data_visualization: chartBlock,
};

/**
 * Draws blocks in their order.
 * @param {object[]} blocks
 * @param {object} surface see elements.js
 * @returns {HTMLElement[]} one for each block, with `data-block` its block_id
 */
export function renderBlocks(blocks, surface) {
  return (blocks ?? []).map((block) => {
    const make = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : null;
    const inner = make
      ? make(block, surface)
      : el("p", { class: "unknown" }, `未対応のブロック: ${block.type}`);
    return el("div", { class: `block block-${block.type}`, data: { block: block.block_id } }, inner);
  });
}
