// The list of places: channels, the direct messages with the bot, and the app's Home tab.

import { el, reconcile } from "./dom.js";
import { HOME, channelTitle, channelsOf, names, state } from "./state.js";

const nav = document.getElementById("sidebar");
const menu = document.getElementById("menu");

function open(isOpen) {
  nav.classList.toggle("open", isOpen);
  menu.setAttribute("aria-expanded", String(isOpen));
}

function item(place, title, go, unread) {
  const props = {
    type: "button",
    "aria-current": state.place === place ? "page" : null,
    data: { focus: `place/${place}`, place },
    on: {
      click: () => {
        open(false);
        go(place);
      },
    },
  };
  const mark = unread.has(place) ? el("span", { class: "unread" }, "新着") : null;
  return el("li", {}, el("button", props, title, mark));
}

function group(title, items) {
  return [el("h2", {}, title), el("ul", {}, items)];
}

/**
 * Draws the places of the acting user.
 * @param {(place: string) => void} go
 * @param {Set<string>} unread places with something new
 */
export function showPlaces(go, unread) {
  menu.classList.toggle("news", unread.size > 0);
  const mine = channelsOf(state.me);
  const entry = (channel) => item(channel.id, channelTitle(channel), go, unread);
  const bot = names.user(state.bot.user_id);
  reconcile(nav, [
    ...group("チャンネル", mine.filter((channel) => !channel.is_im).map(entry)),
    ...group("ダイレクトメッセージ", mine.filter((channel) => channel.is_im).map(entry)),
    ...group("アプリ", [item(HOME, `${bot} のホーム`, go, unread)]),
  ]);
}

/** Lets the menu button of a narrow page open and close the list; Esc closes it. */
export function startSidebar() {
  menu.addEventListener("click", () => {
    open(!nav.classList.contains("open"));
    if (nav.classList.contains("open")) nav.querySelector("[aria-current]")?.focus();
  });
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !nav.classList.contains("open")) return;
    open(false);
    menu.focus();
  });
}
