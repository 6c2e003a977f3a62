// The page: who acts, where they are, and keeping what is shown up to date.

import { ApiError, follow, read } from "./api.js";
import { showAgent } from "./agent.js";
import { closeClock, startClock } from "./clock.js";
import { changeDraft, forgetDrafts, replyTo, startComposer } from "./composer.js";
import { noteMessages, showGuide, startGuide } from "./guide.js";
import { openHome, openMessages, showHome } from "./home.js";
import { showChannel } from "./channel.js";
import { forgetMessages } from "./messages.js";
import { showViews, startModals } from "./modal.js";
import { hush, startNotice, tell } from "./notice.js";
import { sentenceOf, sentenceOfFailure } from "./sentences.js";
import { showPlaces, startSidebar } from "./sidebar.js";
import {
  HOME,
  channelOf,
  channelTitle,
  channelsOf,
  directMessagesOf,
  isDirect,
  names,
  people,
  state,
  update,
} from "./state.js";
import { busily } from "./surface.js";
import { forgetLooks, unreadPlaces } from "./unread.js";
import { load, showPerson, startOver } from "./workspace.js";

const FIRST_USER = "U0STAFF";
const list = document.getElementById("messages");
const who = document.getElementById("who");
/** Places of the acting user with something new. */
let unread = new Set();
let looks = 0;

function headings() {
  const channel = channelOf(state.place);
  const title = channel ? channelTitle(channel) : `${names.user(state.bot.user_id)} のホーム`;
  document.getElementById("title").textContent = title;
  document.getElementById("topic").textContent = channel?.topic ?? "";
  document.getElementById("composer").hidden = state.place === HOME;
  document.title = `${title} – ${names.user(state.me)}`;
}

function keepAddress() {
  history.replaceState(null, "", `#as=${state.me}&at=${state.place}`);
}

function placeFor(user, wanted) {
  const mine = channelsOf(user).map((channel) => channel.id);
  if (wanted === HOME || mine.includes(wanted)) return wanted;
  return directMessagesOf(user)?.id ?? mine[0] ?? HOME;
}

/** Draws everything that the acting user sees at their place; an older look gives way. */
async function refresh() {
  looks += 1;
  const mine = looks;
  const { me, place } = state;
  const content = read(place === HOME ? `home/${me}` : `messages/${place}?as=${me}`);
  const agent = isDirect(place) ? read(`agent/${place}`) : null;
  const [{ views }, { view, messages }, at] = await Promise.all([read(`views/${me}`), content, agent]);
  if (mine !== looks) return;
  if (place === HOME) showHome(list, view, refresh);
  else {
    showChannel(list, messages, { refresh, reply: replyTo, statuses: at?.statuses ?? [] });
    noteMessages(messages);
  }
  showAgent(at);
  showViews(views);
  const news = await unreadPlaces();
  if (mine !== looks) return;
  unread = news;
  showPlaces(enter, unread);
}

/** Moves the person: another user, another place, or both. */
async function go({ user = state.me, place = state.place }) {
  const before = state.me;
  const moved = user !== before || place !== state.place;
  update({ me: user, place: placeFor(user, place) });
  if (moved) hush();
  replyTo(null);
  changeDraft();
  showPerson();
  headings();
  keepAddress();
  unread = user === before ? new Set([...unread].filter((each) => each !== state.place)) : new Set();
  showPlaces(enter, unread);
  if (state.place === HOME) await busily(list, openHome);
  else if (moved && isDirect(state.place)) openMessages();
  await refresh();
}

async function enter(place) {
  await go({ place });
  document.getElementById(place === HOME ? "title" : "text").focus();
}

async function changed() {
  await load();
  await refresh();
}

async function start() {
  await load();
  const wanted = new URLSearchParams(location.hash.slice(1));
  const user = people().some(({ id }) => id === wanted.get("as")) ? wanted.get("as") : FIRST_USER;
  update({ me: user });
  startGuide(go);
  await go({ user, place: wanted.get("at") ?? state.examples[0]?.channel });
}

function reachable(isThere) {
  document.body.classList.toggle("unreachable", !isThere);
  if (!isThere) tell(sentenceOf("unreachable"), "error");
  else if (document.body.dataset.lost) hush();
  document.body.dataset.lost = isThere ? "" : "yes";
}

startNotice();
window.addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof ApiError)) return;
  event.preventDefault();
  tell(sentenceOfFailure(event.reason), "error");
});
startSidebar();
startModals(refresh);
startComposer(refresh);
startClock(refresh);
who.addEventListener("change", () => go({ user: who.value, place: state.place }));
document.getElementById("show-guide").addEventListener("click", () => showGuide(true));
document.getElementById("reset").addEventListener("click", async () => {
  if (!(await startOver())) return;
  closeClock();
  forgetMessages();
  forgetLooks();
  forgetDrafts();
  await start();
});
await start();
await follow(state.version, changed, load, reachable);
