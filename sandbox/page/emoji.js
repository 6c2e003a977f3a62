// The emoji names that apps use most; a name not listed stays as typed, `:like_this:`.

const NAMES = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", ok: "🆗", ok_hand: "👌", wave: "👋",
  bow: "🙇", pray: "🙏", clap: "👏", eyes: "👀", bulb: "💡", memo: "📝", pencil: "📝", pencil2: "✏️",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌",
  warning: "⚠️", no_entry: "⛔", exclamation: "❗", question: "❓", information_source: "ℹ️",
  bell: "🔔", no_bell: "🔕", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", clock9: "🕘",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", alarm_clock: "⏰", stopwatch: "⏱️",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", arrow_left: "⬅️", arrow_upper_right: "↗️",
  arrow_lower_right: "↘️", left_right_arrow: "↔️", repeat: "🔁", leftwards_arrow_with_hook: "↩️",
  red_circle: "🔴", large_blue_circle: "🔵", large_green_circle: "🟢", large_yellow_circle: "🟡",
  white_circle: "⚪", black_circle: "⚫", large_orange_circle: "🟠", small_red_triangle: "🔺",
  small_red_triangle_down: "🔻", black_small_square: "▪️", white_small_square: "▫️", star: "⭐",
  sparkles: "✨", tada: "🎉", confetti_ball: "🎊", rocket: "🚀", fire: "🔥", dart: "🎯",
  mag: "🔍", link: "🔗", paperclip: "📎", page_facing_up: "📄", open_file_folder: "📂",
  file_folder: "📁", inbox_tray: "📥", outbox_tray: "📤", lock: "🔒", unlock: "🔓", key: "🔑",
  gear: "⚙️", wrench: "🔧", house: "🏠", office: "🏢", school: "🏫", hospital: "🏥", baby: "👶",
  family: "👪", busts_in_silhouette: "👥", speech_balloon: "💬", mega: "📣", loudspeaker: "📢",
  robot_face: "🤖", smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", heart: "❤️",
  raised_hands: "🙌", point_right: "👉", point_up: "☝️", new: "🆕", construction: "🚧",
};

/** The character of an emoji name, or null when the name is not known. */
export function emojiOf(name) {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : null;
}

/** Text with known `:names:` replaced, as in plain_text objects. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emojiOf(name) ?? whole);
}
