// The statements as they arrive, newest first.
import { go, mark } from "./address.js";
import { card } from "./card.js";
import { element, unseenHeading } from "./element.js";
import { Feed } from "./feed.js";
import { asParameters, fillForm, filterForm, matches, narrowed } from "./filters.js";
import { ask } from "./server.js";
import { empty, failed, loading } from "./states.js";
import { counted } from "./words.js";

const PAGE = 100; // statements asked for at once
const SHOWN = 200; // cards on the page at most
const EVERY = 250; // milliseconds between two drawings, however many arrive
const READING = 300; // pixels scrolled, from which on the reader is not disturbed

/** The view, in `root`, fed by `stream`. `update(state)` when the filters change, `close()` at the end. */
export function liveView(root, stream, state) {
  return new LiveView(root, stream, state);
}

class LiveView {
  #stream;
  #state;
  #feed = new Feed(SHOWN);
  #paused = false;
  #timer = null;
  #before = null;
  #asked = 0;
  #gapless = true;
  #form;
  #list = element("div", { class: "feed", role: "feed", "aria-label": "Statements, newest first. The keys j and k go to the next and the previous.", tabindex: "0" });
  #summary = element("summary");
  #notice = element("div", { class: "notice" });
  #count = element("p", { class: "count", role: "status" });
  #waits = element("button", { type: "button", class: "waits", hidden: true, onclick: () => this.#show() });
  #pause = element("button", { type: "button", class: "pause", "aria-pressed": "false", onclick: () => this.#toggle() }, "Pause");
  #older = element("button", { type: "button", class: "older", hidden: true, onclick: () => this.#readOlder() }, "Older statements");

  constructor(root, stream, state) {
    this.#stream = stream;
    this.#state = state;
    this.#form = filterForm(state, (filters, how) => go({ ...this.#state, ...filters }, how));
    root.replaceChildren(element("div", { class: "live" },
      unseenHeading("Statements as they arrive"),
      element("details", { class: "narrow", open: matchMedia("(min-width: 60rem)").matches },
        this.#summary, this.#form),
      element("section", { "aria-label": "Statements" },
        element("div", { class: "bar" }, this.#count, this.#waits, this.#pause),
        this.#notice, this.#list, this.#older)));
    this.#list.addEventListener("keydown", (event) => this.#step(event));
    stream.addEventListener("statement", this.#arrived);
    stream.addEventListener("reset", this.#load);
    stream.addEventListener("state", this.#reconnected);
    addEventListener("scroll", this.#draw, { passive: true });
    this.#load();
  }

  update(state) {
    this.#state = state;
    fillForm(this.#form, state);
    this.#load();
  }

  close() {
    clearTimeout(this.#timer);
    this.#stream.removeEventListener("statement", this.#arrived);
    this.#stream.removeEventListener("reset", this.#load);
    this.#stream.removeEventListener("state", this.#reconnected);
    removeEventListener("scroll", this.#draw);
  }

  #load = async () => {
    const asked = ++this.#asked;
    const set = narrowed(this.#state).length;
    this.#summary.textContent = set ? `Filters, ${set} set` : "Filters";
    this.#gapless = this.#stream.anchored;
    this.#feed = new Feed(SHOWN);
    this.#list.replaceChildren();
    this.#older.hidden = true;
    this.#notice.replaceChildren(loading("The latest statements are on their way."));
    try {
      const answer = await ask("statements", { limit: PAGE, ...asParameters(this.#state) });
      if (asked !== this.#asked) return; // the filters have changed meanwhile
      this.#before = answer.before;
      this.#append(answer.statements);
      [...this.#list.children].find((each) => each.dataset.id === mark())?.focus();
    } catch (refusal) {
      if (asked === this.#asked) this.#notice.replaceChildren(failed(refusal, this.#load));
    }
  };

  #arrived = ({ detail: statement }) => {
    if (matches(statement, this.#state)) this.#feed.arrive(statement);
    this.#timer ??= setTimeout(this.#draw, EVERY);
  };

  #reconnected = ({ detail: state }) => {
    // What was refused while the worker was away, or came before the stream, is asked for again.
    if (state === "open" && (!this.#gapless || this.#notice.querySelector(".failed"))) this.#load();
  };

  #held() {
    return this.#paused || scrollY > READING;
  }

  #draw = () => {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#held()) this.#prepend(this.#feed.take());
    this.#tell();
  };

  #show() {
    scrollTo({ top: 0 });
    this.#prepend(this.#feed.take());
    this.#tell();
  }

  #toggle() {
    this.#paused = !this.#paused;
    this.#pause.setAttribute("aria-pressed", String(this.#paused));
    this.#pause.textContent = this.#paused ? "Go on" : "Pause";
    this.#draw();
  }

  #prepend(statements) {
    if (!statements.length) return;
    const cards = statements.map(card);
    for (const each of cards) each.classList.add("fresh");
    this.#list.prepend(...cards);
    while (this.#list.childElementCount > SHOWN) {
      const oldest = this.#list.lastElementChild;
      this.#feed.forget(oldest.dataset.id);
      oldest.remove();
      this.#before = null; // older pages would leave a gap after what has gone
    }
  }

  #append(statements) {
    this.#list.append(...this.#feed.older(statements).map(card));
    this.#tell();
  }

  async #readOlder() {
    const asked = this.#asked;
    this.#older.disabled = true;
    try {
      const room = Math.min(PAGE, SHOWN - this.#list.childElementCount);
      const answer = await ask("statements", { limit: room, before: this.#before, ...asParameters(this.#state) });
      if (asked !== this.#asked) return;
      this.#before = answer.before;
      this.#append(answer.statements);
    } catch (refusal) {
      this.#notice.replaceChildren(failed(refusal, () => this.#readOlder()));
    } finally {
      this.#older.disabled = false;
    }
  }

  #tell() {
    const shown = this.#list.childElementCount;
    const waiting = this.#feed.waiting;
    const full = shown >= SHOWN;
    this.#count.textContent = `${counted(shown, "statement")} shown`;
    this.#waits.hidden = waiting === 0;
    this.#waits.textContent = `${waiting.toLocaleString("en")} waiting`;
    document.title = waiting ? `(${waiting}) Who says what` : "Who says what";
    this.#older.hidden = !this.#before || full;
    this.#notice.replaceChildren(...(shown || waiting ? [] : [this.#nothing()]));
  }

  #nothing() {
    if (!narrowed(this.#state).length) return empty("No statement yet.", "They appear here as soon as a worker finds them. Hand it something to read: statements feed article.txt");
    const wider = element("button", { type: "button", onclick: () => go({ view: "live" }) }, "Clear the filters");
    return empty("None of the statements kept here is like that.", "The next one that is will appear.", wider);
  }

  #step(event) {
    const by = { j: 1, k: -1, PageDown: 1, PageUp: -1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    const cards = [...this.#list.children];
    const at = cards.indexOf(document.activeElement.closest(".card"));
    const next = cards[Math.min(cards.length - 1, Math.max(0, at + by))];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
}
