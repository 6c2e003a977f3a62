// The list that drops down from a text field. The field keeps the keyboard focus; the list only
// shows which choice is active.

import { el, freshId } from "./dom.js";
import { plainOf } from "./text.js";

/**
 * A list of choices, hidden at first.
 * `groups` are `{label: string|null, options: object[]}` with Slack's option objects.
 */
export class Listbox {
  /**
   * @param {HTMLElement} field the text field it belongs to
   * @param {(option: object) => void} take called when a choice is clicked
   */
  constructor(field, take) {
    this.field = field;
    this.take = take;
    this.items = [];
    this.at = -1;
    this.node = el("ul", {
      id: freshId("list"),
      role: "listbox",
      "aria-label": "候補",
      class: "popup",
      hidden: true,
    });
    field.setAttribute("aria-controls", this.node.id);
    // A field of several lines stays a text box, which has no aria-expanded.
    this.expands = field.tagName !== "TEXTAREA";
    if (this.expands) field.setAttribute("role", "combobox");
    if (field.tagName !== "BUTTON") field.setAttribute("aria-autocomplete", "list");
    this.#expanded(false);
  }

  get open() {
    return !this.node.hidden;
  }

  /** The active choice, or undefined. */
  get active() {
    return this.items[this.at]?.option;
  }

  /** Shows the groups; `isChosen` tells which choices are already taken. */
  fill(groups, isChosen = () => false) {
    this.items = [];
    this.at = -1;
    this.node.replaceChildren(...groups.flatMap((group) => this.#group(group, isChosen)));
    this.#reveal();
    this.mark(-1);
  }

  /** Shows a sentence in place of choices. */
  say(sentence) {
    this.items = [];
    this.at = -1;
    this.node.replaceChildren(el("li", { class: "note", role: "presentation" }, sentence));
    this.#reveal();
  }

  hide() {
    this.mark(-1);
    this.node.hidden = true;
    this.#expanded(false);
  }

  /** Makes the choice at `index` the active one; -1 for none. */
  mark(index) {
    this.items[this.at]?.node.classList.remove("active");
    this.at = index;
    const node = this.items[index]?.node;
    if (!node) return this.field.removeAttribute("aria-activedescendant");
    node.classList.add("active");
    node.scrollIntoView({ block: "nearest" });
    return this.field.setAttribute("aria-activedescendant", node.id);
  }

  /** Moves the active choice up or down, round the ends. */
  move(step) {
    const count = this.items.length;
    if (count) this.mark(this.at < 0 && step < 0 ? count - 1 : (this.at + step + count) % count);
  }

  #expanded(isOpen) {
    if (this.expands) this.field.setAttribute("aria-expanded", String(isOpen));
  }

  #reveal() {
    this.node.hidden = false;
    this.#expanded(true);
    this.node.scrollIntoView({ block: "nearest" });
  }

  #group({ label, options }, isChosen) {
    const nodes = options.map((option) => this.#item(option, isChosen(option)));
    if (!label) return nodes;
    const id = freshId("group");
    const heading = el("li", { role: "presentation", class: "group-label", id }, label);
    const inner = el("ul", { role: "group", "aria-labelledby": id }, heading, nodes);
    return [el("li", { role: "none" }, inner)];
  }

  #item(option, chosen) {
    const props = { role: "option", id: freshId("option"), "aria-selected": String(chosen) };
    const note = option.description ? el("small", {}, plainOf(option.description)) : null;
    const node = el("li", props, el("span", {}, plainOf(option.text)), note);
    // A mousedown would take the focus from the field.
    node.addEventListener("mousedown", (event) => event.preventDefault());
    node.addEventListener("click", () => this.take(option));
    this.items.push({ option, node });
    return node;
  }
}
