// Which of the acting user's places have something they have not looked at.

import { read } from "./api.js";
import { channelsOf, state } from "./state.js";

/** The newest ts looked at, by user and channel. */
const seen = new Map();

const key = (channel) => `${state.me} ${channel}`;

/** Notes that the person looked at a channel's messages. */
export function lookedAt(channel, messages) {
  seen.set(key(channel), messages.at(-1)?.ts ?? "");
}

async function hasNews({ id }) {
  const me = state.me;
  const { messages } = await read(`messages/${id}?as=${me}`);
  const newest = messages.findLast((message) => message.user !== me);
  return Boolean(newest) && newest.ts > (seen.get(`${me} ${id}`) ?? "");
}

/** The ids of the acting user's channels with something new; the present one is not among them. */
export async function unreadPlaces() {
  const others = channelsOf(state.me).filter((channel) => channel.id !== state.place);
  const news = await Promise.all(others.map(hasNews));
  return new Set(others.filter((_, at) => news[at]).map((channel) => channel.id));
}

/** Forgets what was looked at, for a workspace that was reset. */
export function forgetLooks() {
  seen.clear();
}
