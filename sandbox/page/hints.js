// What the composer offers while typing: commands after a slash, people after an @.

import { Listbox } from "./listbox.js";
import { names, state } from "./state.js";

const COMMAND = /^[/／]\S*$/;
const MENTION = /(?:^|\s)[@＠](\S*)$/;

function commandOptions(typed) {
  const wanted = typed.replace("／", "/");
  return state.commands
    .filter(({ command }) => command.startsWith(wanted) && command !== wanted)
    .map(({ command, description, usage_hint: usage }) => ({
      text: { text: usage ? `${command} ${usage}` : command },
      description: { text: description ?? "" },
      value: `${command} `,
      from: 0,
    }));
}

const isWhole = (typed) => state.commands.some(({ command }) => command === typed.replace("／", "/"));

function mentionOptions(typed, from) {
  const wanted = typed.toLowerCase();
  const fits = (user) =>
    [names.user(user.id), user.name].some((name) => name.toLowerCase().startsWith(wanted));
  return state.users
    .filter((user) => !user.deleted && fits(user) && names.user(user.id) !== typed)
    .map((user) => ({ text: { text: `@${names.user(user.id)}` }, value: `@${names.user(user.id)} `, from }));
}

/** The choices that fit the text before the caret. */
function optionsFor(before) {
  if (COMMAND.test(before)) return commandOptions(before);
  const mention = MENTION.exec(before);
  return mention ? mentionOptions(mention[1], before.length - mention[1].length - 1) : [];
}

/**
 * Attaches the list to a text area.
 * @param {HTMLTextAreaElement} area inside an element that positions the list
 * @returns {(event: KeyboardEvent) => boolean} to be asked first about each key: true when used up
 */
export function offerHints(area) {
  const take = (option) => {
    const end = area.selectionStart;
    area.setRangeText(option.value, option.from, end, "end");
    list.hide();
    area.dispatchEvent(new Event("input"));
  };
  const list = new Listbox(area, take);
  area.after(list.node);
  area.addEventListener("input", () => {
    const options = optionsFor(area.value.slice(0, area.selectionStart));
    if (!options.length) return list.hide();
    list.fill([{ label: null, options }]);
    // A command that is whole already is sent by Enter, whatever longer ones there are.
    return list.mark(isWhole(area.value) ? -1 : 0);
  });
  area.addEventListener("blur", () => list.hide());
  return (event) => {
    if (!list.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) list.move(step);
    else if (event.key === "Escape") list.hide();
    else if ((event.key === "Enter" || event.key === "Tab") && list.active) take(list.active);
    else {
      if (event.key === "Enter") list.hide();
      return false;
    }
    return true;
  };
}

/** Typed text as Slack sends it: the three characters escaped, `@name` as a mention. */
export function asSent(text) {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  // Of two names that begin alike the longer one is meant.
  const users = [...state.users].sort((a, b) => names.user(b.id).length - names.user(a.id).length);
  return users.reduce((sofar, { id }) => sofar.replaceAll(`@${names.user(id)}`, `<@${id}>`), escaped);
}
