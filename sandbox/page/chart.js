// data_visualization blocks: a drawing for the eye and the same figures as a table for everyone.

import { el, svg } from "./dom.js";

const WIDTH = 400;
const HEIGHT = 190;
const LEFT = 46;
const BOTTOM = 26;
const TOP = 8;
const MOST_LABELS = 7;
const TICKS = 4;

/** The chart as categories and series, whatever its kind; a pie is one series. */
function figures(chart) {
  if (chart.type === "pie") {
    const categories = chart.segments.map((segment) => segment.label);
    return { categories, series: [{ name: "", values: chart.segments.map((segment) => segment.value) }] };
  }
  const { categories } = chart.axis_config;
  const series = chart.series.map(({ name, data }) => {
    const byLabel = new Map(data.map((point) => [point.label, point.value]));
    return { name, values: categories.map((category) => byLabel.get(category) ?? null) };
  });
  return { categories, series };
}

/** A round step that divides `span` into about `TICKS` parts. */
function roundStep(span) {
  const rough = span / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((step) => step * power >= rough);
}

/** Where values stand on the drawing, and the round values to mark. */
function scale(series, fromZero) {
  const values = series.flatMap((each) => each.values).filter((value) => value !== null);
  const least = Math.min(...values, ...(fromZero ? [0] : []));
  const most = Math.max(...values, ...(fromZero ? [0] : []));
  const step = roundStep(most - least || Math.abs(most) || 1);
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const y = (value) => TOP + ((high - value) / (high - low)) * (HEIGHT - BOTTOM - TOP);
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => low + at * step);
  return { y, low, high, ticks };
}

function axis({ y, ticks }) {
  const format = new Intl.NumberFormat("ja-JP", { maximumSignificantDigits: 3, notation: "compact" });
  return ticks.flatMap((value) => [
    svg("line", { class: "grid", x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value) }),
    svg("text", { x: LEFT - 5, y: y(value) + 4, "text-anchor": "end" }, format.format(value)),
  ]);
}

function labels(categories, x) {
  const every = Math.ceil(categories.length / MOST_LABELS);
  return categories.map((text, at) =>
    at % every ? null : svg("text", { x: x(at), y: HEIGHT - 8, "text-anchor": "middle" }, text),
  );
}

function bars({ series }, { y, low, high }, step, x) {
  const width = (step * 0.7) / series.length;
  const zero = y(Math.min(Math.max(0, low), high));
  return series.flatMap(({ values }, which) =>
    values.map((value, at) => {
      if (value === null) return null;
      const left = x(at) - step * 0.35 + which * width;
      const height = Math.max(Math.abs(y(value) - zero), 1);
      return svg("rect", {
        class: `bar series-${which}`,
        x: left,
        y: Math.min(y(value), zero),
        width,
        height,
      });
    }),
  );
}

function lines({ series }, { y }, x) {
  return series.flatMap(({ values }, which) => {
    const points = values.flatMap((value, at) => (value === null ? [] : [[x(at), y(value)]]));
    const path = svg("polyline", {
      class: `line series-${which}`,
      points: points.map((p) => p.join()).join(" "),
    });
    return [
      path,
      ...points.map(([cx, cy]) => svg("circle", { class: `dot series-${which}`, cx, cy, r: 3.5 })),
    ];
  });
}

function drawing(chart, data, title) {
  const barred = ["bar", "pie"].includes(chart.type);
  const fit = scale(data.series, barred || chart.type === "area");
  const step = (WIDTH - LEFT) / data.categories.length;
  const x = (at) => LEFT + step * (at + 0.5);
  const marks = barred ? bars(data, fit, step, x) : lines(data, fit, x);
  const props = {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": `${title}（グラフ。数値は下の表）`,
  };
  return svg("svg", props, axis(fit), marks, labels(data.categories, x));
}

/** How a series looks: a piece of its line, dashes and all, or a patch of its bar. */
function key(kind, which) {
  if (kind === "bar") return el("span", { class: `key series-${which}` });
  const piece = svg("line", { class: `line series-${which}`, x1: 0, x2: 30, y1: 5, y2: 5 });
  return svg("svg", { class: "key-line", viewBox: "0 0 30 10" }, piece);
}

function legend(kind, series) {
  if (series.length < 2) return null;
  const items = series.map(({ name }, which) => el("li", {}, key(kind, which), name));
  return el("ul", { class: "legend", "aria-hidden": "true" }, items);
}

function numbers({ categories, series }, caption) {
  const head = el(
    "tr",
    {},
    el("th", { scope: "col" }, ""),
    series.map(({ name }) => el("th", { scope: "col" }, name || "値")),
  );
  const rows = categories.map((category, at) => {
    const cells = series.map(({ values }) => el("td", { class: "align-right" }, String(values[at] ?? "—")));
    return el("tr", {}, el("th", { scope: "row" }, category), cells);
  });
  const table = el(
    "table",
    {},
    el("caption", { class: "unseen" }, caption),
    el("thead", {}, head),
    el("tbody", {}, rows),
  );
  return el("details", {}, el("summary", {}, "数値を表で見る"), el("div", { class: "table-scroll" }, table));
}

/** A `data_visualization` block. */
export function chartBlock({ title, chart }) {
  const data = figures(chart);
  const axes = [chart.axis_config?.x_label, chart.axis_config?.y_label].filter(Boolean).join("・");
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, title, axes ? el("small", {}, ` ${axes}`) : null),
    drawing(chart, data, title),
    legend(chart.type, data.series),
    numbers(data, title),
  );
}
