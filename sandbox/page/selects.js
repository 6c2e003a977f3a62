// Select elements. In a form a single fixed list is the browser's own select; everything else is a
// combobox, because a browser's select acts on every arrow key.

import { combobox, fixedChoices, groupsOf } from "./combobox.js";
import { el } from "./dom.js";
import { tied } from "./fields.js";
import { plainOf } from "./text.js";

function plainSelect(element, context) {
  const options = [];
  const row = (option) => {
    options.push(option);
    return el("option", { value: String(options.length - 1) }, plainOf(option.text));
  };
  const groups = groupsOf(element).map((group) =>
    group.label ? el("optgroup", { label: group.label }, group.options.map(row)) : group.options.map(row),
  );
  const initial = options.findIndex((option) => option.value === element.initial_option?.value);
  const none = el("option", { value: "-1" }, plainOf(element.placeholder) || "選択してください");
  const input = el("select", { ...tied(element, context), value: String(initial) }, none, groups);
  const read = () => ({ type: element.type, selected_option: options[Number(input.value)] ?? null });
  return { node: input, input, read };
}

function picker(load, initial, result) {
  return (element, context) => {
    const multi = element.type.startsWith("multi_");
    const read = () => ({ type: element.type, ...result(box.chosen, multi) });
    const box = combobox({
      multi,
      max: element.max_selected_items ?? Infinity,
      min: element.type.endsWith("external_select") ? (element.min_query_length ?? 3) : 0,
      initial: initial(element, context.surface),
      load: load(element, context),
      changed: () => context.acted?.(read()),
      attributes: { ...tied(element, context), placeholder: plainOf(element.placeholder) || "選択" },
    });
    return { node: box.node, input: box.input, read };
  };
}

const optionsChosen = (chosen, multi) =>
  multi ? { selected_options: chosen } : { selected_option: chosen[0] ?? null };
const given = (element) =>
  element.initial_options ?? (element.initial_option ? [element.initial_option] : []);

const fixed = picker((element) => fixedChoices(groupsOf(element)), given, optionsChosen);

const external = picker(
  (element, { surface, block_id }) =>
    async (query) =>
      groupsOf(await surface.suggest(block_id, element.action_id, query)),
  given,
  optionsChosen,
);

function asOption(id, text) {
  return { value: id, text: { type: "plain_text", text } };
}

/** A select of users, channels or conversations: `what` names them in Slack's keys. */
function named(what, list, nameOf) {
  const options = (surface) => list(surface).map((each) => asOption(each.id, nameOf(each)));
  const initial = (element, surface) => {
    const ids =
      element[`initial_${what}s`] ?? (element[`initial_${what}`] ? [element[`initial_${what}`]] : []);
    return options(surface).filter((option) => ids.includes(option.value));
  };
  const load = (_, { surface }) => fixedChoices([{ label: null, options: options(surface) }]);
  const result = (chosen, multi) => {
    const ids = chosen.map((option) => option.value);
    return multi ? { [`selected_${what}s`]: ids } : { [`selected_${what}`]: ids[0] ?? null };
  };
  return picker(load, initial, result);
}

const users = named(
  "user",
  (surface) => surface.users(),
  (user) => user.name,
);
const channels = named(
  "channel",
  (surface) => surface.channels(),
  (channel) => `#${channel.name}`,
);
const conversations = named(
  "conversation",
  (surface) => surface.channels(),
  (channel) => `#${channel.name}`,
);

/** Makers of select elements, by type; the same shape as FIELDS. */
export const SELECTS = {
  static_select: (element, context) => (context.acted ? fixed : plainSelect)(element, context),
  external_select: external,
  users_select: users,
  channels_select: channels,
  conversations_select: conversations,
  multi_static_select: fixed,
  multi_external_select: external,
  multi_users_select: users,
  multi_channels_select: channels,
  multi_conversations_select: conversations,
};
