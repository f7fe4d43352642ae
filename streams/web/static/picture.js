// The picture: who speaks about whom, and how, in a window of time.
import { go } from "./address.js";
import { STATES, actCounts, frequent, loadPlot, matrix, overTime, pairTold, topSpeakers } from "./charts.js";
import { element, unseenHeading } from "./element.js";
import { ask } from "./server.js";
import { empty, failed, loading } from "./states.js";
import { TONES, counted } from "./words.js";

const AGAIN = 30_000; // milliseconds between two looks
const WINDOWS = { hour: "hour", day: "day", all: "all" };
const CLOCKS = { arrival: "of arrival", published: "of publication" };
const DEFAULTS = { window: "all", by: "arrival" };
const WIDE = 900; // pixels from which on the lists stand beside the matrix
const ASIDE = 340; // the lists' width there
const BETWEEN = 40;

/** The view in `root`, of the window that `state` names. */
export function pictureView(root, _stream, state) {
  return new PictureView(root, state);
}

class PictureView {
  #state;
  #asked = 0;
  #timer = null;
  #content = element("div", { class: "charts" });
  #count = element("p", { class: "count", role: "status" });
  #controls = element("form", { class: "bar windows", "aria-label": "Which statements" });
  #sizes = new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width));
  #width = 0;
  #picture = null;

  constructor(root, state) {
    this.#state = state;
    this.#controls.append(
      choice("Window", "window", WINDOWS), choice("By the time", "by", CLOCKS),
      element("label", { class: "check" }, element("input", { type: "checkbox", name: "diplomatic" }), " between states only"));
    this.#controls.addEventListener("change", () => {
      const { window, by, diplomatic } = this.#controls.elements;
      const unless = (name, value) => (value === DEFAULTS[name] ? "" : value);
      go({ ...this.#state, window: unless("window", window.value), by: unless("by", by.value), diplomatic: diplomatic.checked });
    });
    root.replaceChildren(unseenHeading("The picture"), element("div", { class: "picture" }, element("div", { class: "bar" }, this.#controls, this.#count), this.#content));
    this.#sizes.observe(this.#content);
    this.update(state);
  }

  update(state) {
    this.#state = state;
    const { window, by, diplomatic } = this.#controls.elements;
    window.value = state.window in WINDOWS ? state.window : DEFAULTS.window;
    by.value = state.by in CLOCKS ? state.by : DEFAULTS.by;
    diplomatic.checked = state.diplomatic;
    this.#content.replaceChildren(loading("The picture is being drawn."));
    this.#load();
  }

  close() {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#sizes.disconnect();
  }

  #load = async () => {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    try {
      const { window, by } = this.#controls.elements;
      const wanted = { window: window.value, by: by.value, diplomatic: this.#state.diplomatic ? "1" : "" };
      const [Plot, told] = await Promise.all([loadPlot(), ask("picture", wanted)]);
      if (asked !== this.#asked) return;
      this.#picture = { Plot, told };
      this.#draw();
    } catch (refusal) {
      if (asked !== this.#asked) return;
      this.#picture = null;
      this.#content.replaceChildren(failed(refusal, this.#load));
    }
    this.#timer = setTimeout(this.#load, AGAIN);
  };

  #resized(width) {
    if (Math.abs(width - this.#width) < 1) return;
    this.#width = width;
    if (this.#picture) this.#draw();
  }

  #draw() {
    const { Plot, told } = this.#picture;
    this.#count.textContent = `${counted(told.statements, "statement")} of ${counted(told.articles, "article")}`;
    if (!told.statements) {
      this.#content.replaceChildren(empty("Nothing was said in this window.", "Take a wider one."));
      return;
    }
    const wide = this.#width >= WIDE;
    const aside = wide ? ASIDE : this.#width;
    this.#content.replaceChildren(
      ...[told.pairs.length ? this.#matrix(Plot, told.pairs, wide ? this.#width - ASIDE - BETWEEN : this.#width) : null,
        told.speakers.length ? chart("Who speaks most", topSpeakers(Plot, told.speakers, aside)) : null,
        chart("Acts", actCounts(Plot, told.acts, aside)),
        chart("Acts over time", overTime(Plot, told, this.#width), { kind: "wide" })].filter(Boolean));
  }

  #matrix(Plot, pairs, width) {
    const [speaking, spokenOf] = ["speaker", "target"].map((side) => new Set(pairs.map((pair) => pair[side])).size);
    const left = Math.max(speaking, spokenOf) > STATES
      ? ` Of ${speaking} states that speak and ${spokenOf} that are spoken of, the ${STATES} most frequent.` : "";
    const words = `Rows speak to or about columns. The larger, the more statements; a dot leads to them.${left}`;
    return chart("Who speaks about whom", matrix(Plot, pairs, width), { kind: "matrix", words: [words, scale()], after: inWords(pairs) });
  }
}

const choice = (legend, name, values) =>
  element("fieldset", { class: "chips" }, element("legend", { class: "label" }, legend),
    ...Object.entries(values).map(([value, words]) => element("label", { class: "chip" },
      element("input", { type: "radio", name, value }), element("span", {}, words))));

function chart(title, drawn, { kind = null, words = [], after = null } = {}) {
  return element("figure", { class: kind },
    element("figcaption", {}, element("h2", {}, title), ...words.map((one) => element("p", {}, one))),
    element("div", { class: "scrolled", tabindex: "0", role: "group", "aria-label": title }, drawn),
    after);
}

/** What the colours mean. */
const scale = () =>
  element("span", { class: "scale" }, ...Object.entries(TONES).map(([tone, words]) =>
    element("span", {}, element("span", { class: `swatch tone-${tone}`, "aria-hidden": "true" }), words)));

/** The same for those who do not see it, or want the numbers. */
function inWords(pairs) {
  const rows = frequent(pairs, "speaker", Infinity).flatMap((code) => pairs.filter((pair) => pair.speaker === code));
  return element("details", {}, element("summary", {}, "In words"),
    element("ul", { class: "told" }, ...rows.map((pair) => element("li", {}, pairTold(pair)))));
}
