// Elements of blocks: buttons, menus, images, and the value-holding ones of fields.js and selects.js.
//
// A surface is where blocks are shown:
//   names        {user, channel, group}: id → shown name
//   fileUrl(id)  where a workspace file is downloaded
//   act(node, element, block_id, state)   the person used an element; a promise of the bot's ack
//   suggest(block_id, action_id, query)   options of an external select
//   under        the level of the heading that the blocks stand under
//   fields       [{block_id, action_id, read}] gathered while rendering
//   kept         {block_id: {action_id: state}} values to show instead of the initial ones
//   users(), channels()  what the pickers offer

import { el, freshId } from "./dom.js";
import { FIELDS } from "./fields.js";
import { isAddress } from "./link.js";
import { SELECTS } from "./selects.js";
import { withState } from "./kept.js";
import { Listbox } from "./listbox.js";
import { plainOf } from "./text.js";

function focusKey(element, context) {
  return { focus: `${context.block_id}/${element.action_id}` };
}

function button(element, context) {
  const style = ["primary", "danger"].includes(element.style) ? ` ${element.style}` : "";
  const props = {
    class: `button${style}`,
    "aria-label": element.accessibility_label,
    data: { ...focusKey(element, context), action: element.action_id },
    on: {
      click: () =>
        context.surface.act(node, element, context.block_id, { type: "button", value: element.value }),
    },
  };
  const address = element.url && isAddress(element.url);
  const link = { href: element.url, target: "_blank", rel: "noopener noreferrer" };
  const text = plainOf(element.text);
  const node = address
    ? el("a", { ...props, ...link }, `${text} ↗`)
    : el("button", { type: "button", ...props }, text);
  return node;
}

function overflow(element, context) {
  const trigger = el(
    "button",
    { type: "button", class: "button menu", "aria-label": "その他の操作", data: focusKey(element, context) },
    "⋯",
  );
  const take = (option) => {
    list.hide();
    trigger.focus();
    context.surface.act(trigger, element, context.block_id, { type: "overflow", selected_option: option });
  };
  const list = new Listbox(trigger, take);
  trigger.addEventListener("click", () =>
    list.open ? list.hide() : list.fill([{ label: null, options: element.options }]),
  );
  trigger.addEventListener("blur", () => list.hide());
  trigger.addEventListener("keydown", (event) => menuKey(event, list, take));
  return el("span", { class: "combobox overflow" }, trigger, list.node);
}

function menuKey(event, list, take) {
  if (!list.open) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) list.move(step);
  else if (event.key === "Escape") list.hide();
  else if (event.key === "Enter" && list.active) take(list.active);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Where an image is fetched from: a workspace file, or this host; null for any other host. */
function imageSource(image, surface) {
  const file = image.slack_file?.id ?? /-(F\w+)\//.exec(image.slack_file?.url ?? "")?.[1];
  if (file) return surface.fileUrl(file);
  const url = image.image_url ?? "";
  const here = URL.canParse(url) && new URL(url);
  return here && here.origin === location.origin ? here.href : null;
}

/**
 * An image, or words in its place: where the page may not or cannot fetch it.
 * @param {object} image block or element
 * @param {object} surface
 * @param {object} props further attributes of the picture
 */
export function picture(image, surface, props = {}) {
  const alt = image.alt_text ?? "";
  const words = () => el("span", { class: "missing" }, `［表示できない画像: ${alt}］`);
  const source = imageSource(image, surface);
  if (!source) return words();
  const node = el("img", { src: source, alt, ...props });
  node.addEventListener("error", () => node.replaceWith(words()));
  return node;
}

function field(make, element, context) {
  const shown = withState(element, context.surface.kept?.[context.block_id]?.[element.action_id]);
  const made = make(shown, { inputId: freshId("field"), ...context });
  const { block_id } = context;
  context.surface.fields.push({ block_id, action_id: element.action_id, read: made.read });
  return made.node;
}

/**
 * Draws one element.
 * @param {object} element Slack's element
 * @param {object} context `surface`, `block_id`, and for an input block `labelledBy`, `describedBy`,
 *   `inputId`, `required`; `quiet` keeps it from telling the bot of every change
 * @returns {Node}
 */
export function renderElement(element, context) {
  if (element.type === "button") return button(element, context);
  if (element.type === "overflow") return overflow(element, context);
  if (element.type === "image") return picture(element, context.surface, { class: "thumb" });
  const make = FIELDS[element.type] ?? SELECTS[element.type];
  if (!make) return el("span", { class: "unknown" }, `未対応の部品: ${element.type}`);
  const acted = (state) => context.surface.act(null, element, context.block_id, state);
  return field(make, element, context.quiet ? context : { ...context, acted });
}
