// Whether the worker is well: what waits, how fast it goes, and what it could not take.
import { go } from "./address.js";
import { deadLetters } from "./letters.js";
import { element, unseenHeading } from "./element.js";
import { ask } from "./server.js";
import { failed, loading } from "./states.js";
import { isolated } from "./text.js";
import { clock, duration } from "./times.js";

const AGAIN = 3000; // milliseconds between two looks

const STATES = {
  consuming: "It reads what comes.",
  idle: "Nothing waits.",
  stalled: "Something waits, and it does not go on.",
  starting: "It has not yet begun.",
  disconnected: "It does not reach Kafka.",
  unassigned: "It has no partition to read.",
};

/** The view in `root`; `state` may name a reason and a dead letter to open. */
export function healthView(root, _stream, state) {
  return new HealthView(root, state);
}

class HealthView {
  #state;
  #timer = null;
  #closed = false;
  #well = element("div", {}, loading("The worker is being asked how it is."));
  #letters = element("section", { class: "letters", "aria-label": "Dead letters" });
  #seen = null; // the counts that the list of dead letters was drawn from

  constructor(root, state) {
    this.#state = state;
    root.replaceChildren(unseenHeading("Health"), element("div", { class: "health" }, this.#well, this.#letters));
    this.#look();
  }

  update(state) {
    this.#state = state;
    this.#seen = null;
    this.#look();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #look = async () => {
    clearTimeout(this.#timer);
    try {
      const health = await ask("health");
      if (this.#closed) return;
      this.#well.replaceChildren(...told(health));
      await this.#open(health.dead_letters);
    } catch (refusal) {
      if (!this.#closed) this.#well.replaceChildren(failed(refusal, this.#look));
    }
    if (!this.#closed) this.#timer = setTimeout(this.#look, AGAIN);
  };

  /** The dead letters, drawn anew only when there are more: somebody may be reading one. */
  async #open(counts) {
    const seen = JSON.stringify([counts.total, ...counts.by_reason.map(({ reason, count }) => [reason, count])]);
    if (seen === this.#seen) return;
    this.#seen = seen;
    const state = this.#state;
    const drawn = await deadLetters(counts, state, (reason, letter) => go({ ...state, reason, letter }));
    if (!this.#closed && state === this.#state) this.#letters.replaceChildren(...drawn);
  }
}

function told(health) {
  const { worker, state, reason, latency, watchdog } = health;
  return [
    element("div", { class: `verdict ${state}` },
      element("p", { class: "headline" }, element("span", { class: "lamp", "aria-hidden": "true" }), state),
      element("p", {}, reason ?? STATES[state] ?? "")),
    element("dl", { class: "figures" },
      ...figure("Behind", lagOf(health.topics), "messages"),
      ...figure("Half within", latency.p50 === null ? "–" : duration(latency.p50), "from article to statement"),
      ...figure("95 % within", latency.p95 === null ? "–" : duration(latency.p95), `of ${latency.count.toLocaleString("en")} in 5 minutes`),
      ...figure("99 % within", latency.p99 === null ? "–" : duration(latency.p99), ""),
      ...figure("Up for", duration(worker.uptime), `version ${worker.version}`)),
    lags(health.topics),
    table("Rates", ["topic", "in a second", "out a second"], health.rates.map((one) =>
      [one.topic, rate(one.in_per_s), rate(one.out_per_s)]), 1),
    table("Workers", ["worker", "host", "reads"], health.workers.map((one) =>
      [one.client_id, one.host, one.assignments.map(({ topic, partitions }) => `${topic} ${partitions.join(" ")}`).join(", ") || "nothing"]), 3),
    table("Watchdog", ["looked at", "last progress", "stalled"], [
      [moment(watchdog.at), moment(watchdog.last_progress), watchdog.stalled.join(", ") || "nothing"]], 3),
  ];
}

const lagOf = (partitions) => number(sum(partitions, "lag"));
const sum = (partitions, what) => partitions.reduce((total, one) => total + (one[what] ?? 0), 0);

/** A row for each topic: what is written and read, and what waits, altogether and in each partition. */
function lags(partitions) {
  const numbers = [...new Set(partitions.map(({ partition }) => partition))].sort((one, other) => one - other);
  const topics = Map.groupBy(partitions, ({ topic }) => topic);
  return table("What waits, by topic and partition", ["topic", "written", "read", "behind", ...numbers.map((each) => `in ${each}`)], [...topics].map(([topic, own]) =>
    [topic, number(sum(own, "end")), number(sum(own, "committed")), lagOf(own),
      ...numbers.map((each) => number(own.find(({ partition }) => partition === each)?.lag))]), 1);
}

const number = (value) => (value === null || value === undefined ? "–" : value.toLocaleString("en"));
const rate = (value) => (value === null || value === undefined ? "–" : value.toFixed(1));

const moment = (iso) => (iso ? clock(iso) : "never");

const figure = (name, value, words) => [element("div", {}, element("dt", {}, name), element("dd", {}, element("strong", {}, value), " ", element("span", {}, words)))];

/** A table whose columns from `figures` on hold numbers. */
function table(caption, columns, rows, figures) {
  const align = (index) => (index >= figures ? "number" : null);
  return element("div", { class: "scrolled", tabindex: "0", role: "group", "aria-label": caption },
    element("table", {}, element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...columns.map((name, index) => element("th", { scope: "col", class: align(index) }, name)))),
      element("tbody", {}, ...(rows.length ? rows : [["none"]]).map((row) =>
        element("tr", {}, ...row.map((value, index) => element("td", { class: align(index) }, value instanceof Node ? value : isolated(String(value)))))))));
}
