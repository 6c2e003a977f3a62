// table and data_table blocks: real tables, scrolled sideways inside themselves on a narrow page.

import { el } from "./dom.js";
import { richText } from "./richtext.js";
import { withEmoji } from "./emoji.js";

function content(cell, names) {
  if (cell.type === "rich_text") return richText(cell, names);
  return withEmoji(cell.text ?? String(cell.value ?? ""));
}

function classes(cell, setting = {}) {
  const align = setting.align ?? (cell.type === "raw_number" ? "right" : "left");
  return `align-${align}${setting.is_wrapped ? " wrapped" : ""}`;
}

function rowOf(cells, settings, names, headerAt, tag) {
  return cells.map((cell, at) => {
    const header = tag === "th" || at === headerAt;
    const scope = tag === "th" ? "col" : header ? "row" : null;
    return el(
      header ? "th" : "td",
      { scope, class: classes(cell, settings[at] ?? {}) },
      content(cell, names),
    );
  });
}

function scrolled(label, table) {
  return el("div", { class: "table-scroll", role: "group", "aria-label": label, tabindex: 0 }, table);
}

/**
 * A table of the first row as header and the rest as body.
 * @param {object[][]} rows cells `raw_text`, `raw_number` or `rich_text`
 * @param {{settings?: object[], headerAt?: number, caption?: string}} options
 */
function table(rows, names, { settings = [], headerAt = -1, caption = "" }) {
  const [head, ...body] = rows;
  const line = (tag) => (cells) =>
    el("tr", {}, rowOf(cells, settings, names, tag === "th" ? -1 : headerAt, tag));
  return el(
    "table",
    {},
    caption ? el("caption", {}, caption) : null,
    el("thead", {}, line("th")(head ?? [])),
    el("tbody", {}, body.map(line("td"))),
  );
}

/** A `table` block. */
export function tableBlock(block, { names }) {
  return scrolled("表", table(block.rows, names, { settings: block.column_settings ?? [] }));
}

/** A `data_table` block: its caption, and `page_size` rows at a time behind a button. */
export function dataTableBlock(block, { names }) {
  const size = block.page_size ?? 5;
  const headerAt = block.row_header_column_index ?? 0;
  const node = table(block.rows, names, { headerAt, caption: block.caption });
  const rest = [...node.tBodies[0].rows].slice(size);
  for (const row of rest) row.hidden = true;
  const more = el("button", { type: "button", class: "button small" }, `残り${rest.length}行を表示`);
  more.addEventListener("click", () => {
    for (const row of rest) row.hidden = false;
    more.remove();
  });
  return el("div", {}, scrolled(block.caption, node), rest.length ? more : null);
}
