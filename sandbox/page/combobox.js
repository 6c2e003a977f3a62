// A text field with a list of choices, for one choice or several, of a fixed list or of options
// fetched while typing. The keys are those of the ARIA combobox pattern.

import { el } from "./dom.js";
import { Listbox } from "./listbox.js";
import { plainOf } from "./text.js";

const DEBOUNCE_MS = 250;

/** A loader for a fixed list: the options that contain the typed text. */
export function fixedChoices(groups) {
  return async (query) => {
    const wanted = query.trim().toLowerCase();
    const fits = (option) => plainOf(option.text).toLowerCase().includes(wanted);
    return groups.map((group) => ({ ...group, options: group.options.filter(fits) }));
  };
}

/** Options or option groups, of an element or of a bot's answer, as one shape. */
export function groupsOf(given) {
  if (!given.option_groups) return [{ label: null, options: given.options ?? [] }];
  return given.option_groups.map(({ label, options }) => ({ label: plainOf(label), options }));
}

class Combobox {
  constructor(settings) {
    Object.assign(this, { multi: false, min: 0, max: Infinity, initial: [] }, settings);
    this.chosen = [...this.initial];
    this.asked = 0;
    this.input = el("input", { type: "text", autocomplete: "off", spellcheck: "false", ...this.attributes });
    this.list = new Listbox(this.input, (option) => this.take(option));
    this.chips = el("ul", { class: "chips", "aria-label": "選択中" });
    this.status = el("span", { class: "unseen", role: "status" });
    const chips = this.multi ? this.chips : null;
    this.node = el("div", { class: "combobox" }, chips, this.input, this.list.node, this.status);
    this.listen();
    this.show();
  }

  listen() {
    this.input.addEventListener("input", () => this.search(DEBOUNCE_MS, this.input.value));
    this.input.addEventListener("click", () => this.search(0, this.multi ? this.input.value : ""));
    this.input.addEventListener("keydown", (event) => !event.isComposing && this.press(event));
    this.node.addEventListener("focusout", (event) => {
      if (!this.node.contains(event.relatedTarget)) this.close();
    });
  }

  show() {
    const [first] = this.chosen;
    this.input.value = first && !this.multi ? plainOf(first.text) : "";
    this.chips.replaceChildren(...this.chosen.map((option) => this.chip(option)));
  }

  chip(option) {
    const text = plainOf(option.text);
    const remove = () => {
      this.choose(this.chosen.filter((each) => each !== option));
      this.input.focus();
    };
    const props = { type: "button", "aria-label": `${text} を外す`, on: { click: remove } };
    return el("li", {}, text, el("button", props, "×"));
  }

  async search(wait, query) {
    this.asked += 1;
    const mine = this.asked;
    if (query.length < this.min) return this.say(`${this.min}文字以上入力してください`);
    await new Promise((resolve) => setTimeout(resolve, wait));
    const groups = mine === this.asked ? await this.load(query).catch(() => null) : [];
    if (mine !== this.asked || !this.input.isConnected) return null;
    return groups ? this.offer(groups) : this.say("候補を取得できませんでした");
  }

  offer(groups) {
    const filled = groups.filter((group) => group.options.length);
    if (!filled.length) return this.say("該当する候補がありません");
    this.list.fill(filled, (option) => this.has(option));
    if (!this.multi) this.list.mark(this.list.items.findIndex(({ option }) => this.has(option)));
    this.status.textContent = `候補 ${this.list.items.length}件`;
    return null;
  }

  say(sentence) {
    this.list.say(sentence);
    this.status.textContent = sentence;
  }

  has(option) {
    return this.chosen.some((each) => each.value === option.value);
  }

  close() {
    this.asked += 1;
    this.list.hide();
    const emptied = !this.multi && this.input.value.trim() === "";
    if (emptied && this.chosen.length) this.choose([]);
    this.show();
  }

  take(option) {
    const others = this.chosen.filter((each) => each.value !== option.value);
    const added = others.length === this.chosen.length ? [...others, option] : others;
    const next = this.multi ? added : [option];
    if (next.length <= this.max) this.choose(next);
    this.close();
  }

  choose(options) {
    const values = (list) => JSON.stringify(list.map((option) => option.value));
    const before = values(this.chosen);
    this.chosen = options;
    this.show();
    if (values(options) !== before) this.changed?.(options);
  }

  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.list.open) this.search(0, this.multi ? this.input.value : "");
    else if (step) this.list.move(step);
    else if (event.key === "Enter" && this.list.active) this.take(this.list.active);
    else if (event.key === "Escape" && this.list.open) this.close();
    else if (event.key === "Backspace" && this.multi && !this.input.value && this.chosen.length) {
      return this.choose(this.chosen.slice(0, -1));
    } else return null;
    // What the list used must not also scroll, send the form or close the dialog.
    event.preventDefault();
    return event.stopPropagation();
  }
}

/**
 * @param {object} settings
 * @param {(query: string) => Promise<{label: string|null, options: object[]}[]>} settings.load
 * @param {object[]} [settings.initial] options chosen at first
 * @param {boolean} [settings.multi] several choices, up to `max`
 * @param {number} [settings.min] characters to type before anything is looked up
 * @param {(options: object[]) => void} [settings.changed]
 * @param {object} [settings.attributes] of the text field
 * @returns {{node: HTMLElement, input: HTMLInputElement, chosen: object[]}}
 */
export function combobox(settings) {
  return new Combobox(settings);
}
