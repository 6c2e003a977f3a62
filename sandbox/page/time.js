// Times as people in the workspace read them. The workspace keeps Japan time wherever the reader is.

const ZONE = "Asia/Tokyo";
const HOUR = 3_600_000;
const JAPAN = 9 * HOUR; // Japan keeps one offset all year.

function shown(options) {
  const format = new Intl.DateTimeFormat("ja-JP", { timeZone: ZONE, ...options });
  return (ms) => format.format(new Date(ms));
}

const clock = shown({ hour: "2-digit", minute: "2-digit", hour12: false });
const clockSeconds = shown({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const numeric = shown({ year: "numeric", month: "2-digit", day: "2-digit" });
const short = shown({ month: "numeric", day: "numeric" });
const plain = shown({ year: "numeric", month: "long", day: "numeric" });
const long = shown({ year: "numeric", month: "long", day: "numeric", weekday: "long" });
const full = shown({
  year: "numeric",
  month: "numeric",
  day: "numeric",
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

/** Milliseconds of a message timestamp such as `1715385540.000100`. */
export function msOfTs(ts) {
  return Number.parseFloat(ts) * 1000;
}

/** `09:05` */
export const hourMinute = clock;

/** `2026年5月11日月曜日`, the heading of a day's messages. */
export const dayName = long;

/** `2026/5/11(月) 09:05` */
export const fullTime = full;

function wall(ms) {
  return new Date(ms + JAPAN).toISOString();
}

/** What an `<input type="datetime-local">` takes: `2026-05-11T09:05`, in Japan time. */
export function localInput(ms) {
  return wall(ms).slice(0, 16);
}

/** The ISO time with offset for a value of such an input. */
export function isoOfLocal(text) {
  return `${text.length === 16 ? `${text}:00` : text}+09:00`;
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * The first time of day hour:minute after `ms` on a weekday, as `localInput` gives it.
 * @param {number} ms
 * @param {string} weekday `monday` …; `day` for whichever comes next
 */
export function nextWeekday(ms, weekday, hour, minute) {
  const now = new Date(ms + JAPAN);
  const wanted = WEEKDAYS.indexOf(weekday);
  const fits = (day) => day > now && (wanted < 0 || day.getUTCDay() === wanted);
  const date = [now.getUTCFullYear(), now.getUTCMonth()];
  const days = Array.from(
    { length: 8 },
    (_, ahead) => new Date(Date.UTC(...date, now.getUTCDate() + ahead, hour, minute)),
  );
  return days.find(fits).toISOString().slice(0, 16);
}

const TOKENS = {
  date_num: (ms) => wall(ms).slice(0, 10),
  date: plain,
  date_short: numeric,
  date_long: long,
  date_pretty: plain,
  date_short_pretty: short,
  date_long_pretty: long,
  time: clock,
  time_secs: clockSeconds,
};

/** Slack's date format (`{date_long} {time}`) filled in for a time in seconds. */
export function dateByFormat(seconds, format) {
  return format.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(TOKENS, name) ? TOKENS[name](seconds * 1000) : whole,
  );
}
