// The charts, drawn by Observable Plot. Colours are CSS variables, so they follow light and dark by themselves.
import { countryName } from "./countries.js";
import { ACTS, TONES, counted, toneOf } from "./words.js";

export const STATES = 20; // rows and columns of the matrix at most
const NAMES = 12; // top speakers shown at most
const LABEL = 170; // pixels for the names beside bars
const BAR = 5; // pixels that a bar is wide at least

let plot = null;

/** Loads Plot, and d3 before it, when the first chart is wanted; both are classic scripts. */
export function loadPlot() {
  plot ??= script("static/vendor/d3/d3.min.js").then(() => script("static/vendor/plot/plot.umd.min.js")).then(() => window.Plot);
  return plot;
}

function script(src) {
  return new Promise((resolve, reject) => {
    const made = document.createElement("script");
    made.src = src;
    made.onload = resolve;
    made.onerror = () => reject(new Error("The charts could not be loaded."));
    document.head.append(made);
  });
}

/** Plot brings a style element, which the page's policy forbids; the rules stand in picture.css. */
function drawn(Plot, options) {
  const figure = Plot.plot({ className: "plot", color: { type: "identity" }, ...options });
  for (const style of figure.querySelectorAll("style")) style.remove();
  // Its names for groups of marks ("bar", "rule") tell a listener nothing; the marks have their own.
  for (const group of figure.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  return figure;
}

const fill = (tone) => `var(--tone-${tone})`;

/** The codes that occur most often in `pairs`, as `side` ("speaker" or "target"), most frequent first. */
export function frequent(pairs, side, limit = STATES) {
  const counts = new Map();
  for (const pair of pairs) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + pair.count);
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, limit).map(([code]) => code);
}

/** What a pair of states is, in one line. */
export function pairTold({ speaker, target, count, acts, tone }) {
  const named = `${countryName(speaker)} about ${countryName(target)}`;
  return `${named}: ${counted(count, "statement")}, ${TONES[toneOf(tone)]} (${listed(acts)})`;
}

const listed = (acts) =>
  Object.entries(acts).sort((one, other) => other[1] - one[1]).map(([act, times]) => `${ACTS[act].name} ${times}`).join(", ");

/** Speakers in rows, targets in columns; a dot's size is how often, its colour how. */
export function matrix(Plot, pairs, width) {
  const rows = frequent(pairs, "speaker");
  const columns = frequent(pairs, "target");
  const shown = pairs.filter((pair) => rows.includes(pair.speaker) && columns.includes(pair.target));
  const cell = Math.min(44, Math.max(24, (width - 60) / columns.length));
  return drawn(Plot, {
    width: 60 + cell * columns.length,
    height: 45 + cell * rows.length,
    marginLeft: 50, marginTop: 35, marginRight: 10, marginBottom: 10,
    x: { type: "band", domain: columns, axis: "top", label: null, tickSize: 0, padding: 0, tickRotate: cell < 34 ? -60 : 0 },
    y: { type: "band", domain: rows, label: null, tickSize: 0, padding: 0 },
    r: { type: "sqrt", range: [0, cell / 2 - 1.5] },
    marks: [
      Plot.cell(rows.flatMap((y) => columns.map((x) => ({ x, y }))), { x: "x", y: "y", fill: "none", stroke: "var(--line)", strokeWidth: 0.5 }),
      Plot.dot(shown, {
        x: "target", y: "speaker", r: "count", fill: (pair) => fill(toneOf(pair.tone)), stroke: "var(--paper)",
        href: (pair) => `?country=${pair.speaker}`, ariaLabel: pairTold, title: pairTold,
      }),
    ],
  });
}

/** Statements by tone, in the worker's buckets of time or, where those are too narrow to be seen, in wider ones. */
export function overTime(Plot, { acts, since, until }, width) {
  const times = acts.map(({ at }) => Date.parse(at));
  const first = Math.min(since ? Date.parse(since) : Infinity, ...times);
  const last = Math.max(since ? Date.parse(until) : -Infinity, ...times);
  const step = Math.max(stepOf(times), ((last - first) / width) * BAR);
  const counts = new Map();
  for (const { at, act, count } of acts) {
    const { tone } = ACTS[act];
    const from = first + Math.floor((Date.parse(at) - first) / step) * step;
    const key = `${from} ${tone}`;
    const bar = counts.get(key) ?? { from: new Date(from), to: new Date(from + step), tone, count: 0, acts: {} };
    bar.count += count;
    bar.acts[act] = (bar.acts[act] ?? 0) + count;
    counts.set(key, bar);
  }
  const bars = [...counts.values()].sort((one, other) => other.tone - one.tone);
  return drawn(Plot, {
    width, height: 220, marginLeft: 40,
    x: { type: "time", label: null, domain: [new Date(first), new Date(Math.max(last, first + step))] },
    y: { grid: true, label: "statements", tickFormat: (count) => (Number.isInteger(count) ? String(count) : "") },
    marks: [
      Plot.rectY(bars, {
        x1: "from", x2: "to", y: "count", fill: (bar) => fill(bar.tone), insetRight: 1,
        title: (bar) => `${bar.from.toLocaleString("en-GB")}\n${TONES[bar.tone]}: ${listed(bar.acts)}`,
      }),
      Plot.ruleY([0], { stroke: "var(--quiet)" }),
    ],
  });
}

/** The width of a bucket in milliseconds: the smallest distance between two of them; a minute where there is but one. */
function stepOf(times) {
  const sorted = [...new Set(times)].sort((one, other) => one - other);
  const gaps = sorted.slice(1).map((time, index) => time - sorted[index]);
  return gaps.length ? Math.min(...gaps) : 60_000;
}

const bars = (Plot, rows, width, options) =>
  drawn(Plot, {
    width, height: 24 * rows.length, marginLeft: LABEL, marginRight: 40, marginTop: 0, marginBottom: 0,
    x: { axis: null },
    y: { domain: rows.map((row) => row.name), label: null },
    marks: [
      Plot.axisY({ tickSize: 0, lineWidth: LABEL / 12 - 2, textOverflow: "ellipsis" }),
      Plot.barX(rows, { x: "count", y: "name", insetTop: 4, insetBottom: 4, ariaLabel: (row) => `${row.name}: ${row.count}`, ...options }),
      Plot.text(rows, { x: "count", y: "name", text: (row) => row.count.toLocaleString("en"), textAnchor: "start", dx: 5 }),
    ],
  });

/** How often each act occurs. */
export function actCounts(Plot, acts, width) {
  const counts = new Map();
  for (const { act, count } of acts) counts.set(act, (counts.get(act) ?? 0) + count);
  const rows = [...counts].map(([act, count]) => ({ act, name: ACTS[act].name, count })).sort((one, other) => other.count - one.count);
  return bars(Plot, rows, width, { fill: (row) => fill(ACTS[row.act].tone), href: (row) => `?act=${row.act}` });
}

/** Who speaks most. */
export function topSpeakers(Plot, speakers, width) {
  const rows = speakers.slice(0, NAMES).map(({ name, country, count }) => ({ name: country ? `${name} (${country})` : name, asked: name, count }));
  return bars(Plot, rows, width, { fill: "var(--bar)", href: (row) => `?speaker=${encodeURIComponent(row.asked)}` });
}
