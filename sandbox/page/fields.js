// Elements that hold a value: how each is drawn and how its value reads in Slack's `state.values`.
// Each maker takes (element, context) and returns {node, read, input}: what to show, a function
// giving the value, and the control that a label points at.

import { el, freshId } from "./dom.js";
import { plainOf, textOf } from "./text.js";

const DATE_SETTLES_MS = 500;

/** Attributes that tie a control to its label, hint and error; and the key its focus is kept by. */
export function tied(element, context) {
  const named = context.labelledBy
    ? { "aria-labelledby": context.labelledBy, "aria-describedby": context.describedBy }
    : { "aria-label": plainOf(element.placeholder) || element.accessibility_label || "入力" };
  const required = context.required ? { "aria-required": "true" } : {};
  const focus = `${context.block_id}/${element.action_id}`;
  const first = element.focus_on_load ? "yes" : null;
  return { id: context.inputId, ...named, ...required, data: { focus, first } };
}

function typed(kind, extra = () => ({})) {
  return (element, context) => {
    const attributes = { ...tied(element, context), placeholder: plainOf(element.placeholder) || null };
    const input = el("input", {
      type: kind,
      ...attributes,
      ...extra(element),
      value: element.initial_value ?? "",
    });
    return { node: input, input, read: () => ({ type: element.type, value: input.value || null }) };
  };
}

function longText(element, context) {
  const attributes = {
    ...tied(element, context),
    placeholder: plainOf(element.placeholder) || null,
    rows: 4,
  };
  const input = el("textarea", { ...attributes, value: element.initial_value ?? "" });
  return { node: input, input, read: () => ({ type: element.type, value: input.value || null }) };
}

const oneLine = typed("text", () => ({ autocomplete: "off" }));
const numeral = typed("text", () => ({ inputmode: "decimal", autocomplete: "off" }));

function whenEntered(field, element, context) {
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (on.includes("on_character_entered")) {
    field.input.addEventListener("input", () => context.acted(field.read()));
  } else {
    field.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
      event.preventDefault();
      context.acted(field.read());
    });
  }
}

function entered(make) {
  return (element, context) => {
    const field = make(element, context);
    if (context.acted) whenEntered(field, element, context);
    return field;
  };
}

function moment(kind, key, initial, read = (text) => text || null) {
  return (element, context) => {
    const input = el("input", { type: kind, ...tied(element, context), value: initial(element) ?? "" });
    const state = () => ({ type: element.type, [key]: read(input.value) });
    let timer;
    // A year typed digit by digit passes through other valid dates.
    if (context.acted) {
      input.addEventListener("change", () => {
        clearTimeout(timer);
        timer = setTimeout(() => context.acted(state()), DATE_SETTLES_MS);
      });
    }
    return { node: input, input, read: state };
  };
}

function boxes(kind, initial, result) {
  return (element, context) => {
    const name = freshId("choice");
    const chosen = new Set(initial(element).map((option) => option.value));
    const inputs = element.options.map((option) => {
      const data = { focus: `${context.block_id}/${element.action_id}/${option.value}` };
      const on = { change: () => context.acted?.(read()) };
      return el("input", { type: kind, name, data, on, checked: chosen.has(option.value) });
    });
    const read = () => ({
      type: element.type,
      ...result(element.options.filter((_, at) => inputs[at].checked)),
    });
    const rows = element.options.map((option, at) => {
      const note = option.description
        ? el("small", {}, textOf(option.description, context.surface.names))
        : null;
      return el("label", {}, inputs[at], el("span", {}, textOf(option.text, context.surface.names), note));
    });
    const { id, data, ...attributes } = tied(element, context);
    const role = kind === "radio" ? "radiogroup" : "group";
    return { node: el("div", { class: "choices", role, ...attributes }, rows), input: inputs[0], read };
  };
}

const secondsOf = (text) => (text ? Date.parse(`${text}:00+09:00`) / 1000 : null);
const localOf = (seconds) =>
  seconds ? new Date(seconds * 1000 + 32_400_000).toISOString().slice(0, 16) : "";

/** Makers of the value-holding elements, by type; selects are in selects.js. */
export const FIELDS = {
  plain_text_input: entered((element, context) => (element.multiline ? longText : oneLine)(element, context)),
  number_input: entered(numeral),
  email_text_input: entered(typed("email")),
  url_text_input: entered(typed("url")),
  datepicker: moment("date", "selected_date", (element) => element.initial_date),
  timepicker: moment("time", "selected_time", (element) => element.initial_time),
  datetimepicker: moment(
    "datetime-local",
    "selected_date_time",
    (element) => localOf(element.initial_date_time),
    secondsOf,
  ),
  radio_buttons: boxes(
    "radio",
    (element) => (element.initial_option ? [element.initial_option] : []),
    ([option]) => ({ selected_option: option ?? null }),
  ),
  checkboxes: boxes(
    "checkbox",
    (element) => element.initial_options ?? [],
    (options) => ({ selected_options: options }),
  ),
};
