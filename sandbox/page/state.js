// What the page knows of the workspace, and where the person is in it.

/**
 * `me`: id of the acting user; `place`: a channel id or HOME; the rest as `/_control/state` gives it.
 */
export const state = { me: null, place: null };

/** The place that is the app's Home tab. */
export const HOME = "home";

/** Takes new values. */
export function update(values) {
  Object.assign(state, values);
}

function byId(list, id) {
  return list.find((each) => each.id === id);
}

/** The user of an id, or undefined. */
export function userOf(id) {
  return byId(state.users, id);
}

/** The channel of an id, or undefined. */
export function channelOf(id) {
  return byId(state.channels, id);
}

/** Shown names by id; an unknown id shows itself. */
export const names = {
  user: (id) => userOf(id)?.real_name || id,
  channel: (id) => channelOf(id)?.name || id,
  group: (id) => byId(state.usergroups, id)?.name ?? id,
};

/** The users a person can act as, in the configured order. */
export function people() {
  return state.users.filter((user) => !user.is_bot);
}

/** Channels that a user sees: those they belong to, and their direct messages with the bot. */
export function channelsOf(user) {
  return state.channels.filter((channel) =>
    channel.is_im ? channel.user === user : channel.members.includes(user),
  );
}

/** What a channel is called in the list and the heading. */
export function channelTitle(channel) {
  return channel.is_im ? names.user(state.bot.user_id) : `# ${channel.name}`;
}

/** Whether a place is somebody's direct messages with the bot. */
export function isDirect(place) {
  return Boolean(channelOf(place)?.is_im);
}

/** The direct messages of a user with the bot, or undefined. */
export function directMessagesOf(user) {
  return state.channels.find((channel) => channel.is_im && channel.user === user);
}
