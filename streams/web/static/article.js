// An article, read: its body with every statement marked in place.
import { go } from "./address.js";
import { actLink, particulars, speakers } from "./card.js";
import { castOf } from "./cast.js";
import { badge } from "./countries.js";
import { element, joined } from "./element.js";
import { pieces, slicer } from "./pieces.js";
import { ask } from "./server.js";
import { empty, failed, loading } from "./states.js";
import { followable, isolated, visible } from "./text.js";
import { day } from "./times.js";
import { counted } from "./words.js";

const LINES = 3; // lines drawn under a piece at most, one for each statement that it belongs to

/** The view of the article that `state` names, in `root`. */
export function articleView(root, _stream, state) {
  return new ArticleView(root, state);
}

class ArticleView {
  #root;
  #state;
  #statements = [];
  #cast = [];
  #colours = []; // of each statement
  #pieces = new Map(); // statement number -> its elements in the text
  #detail = element("section", { class: "detail", "aria-live": "polite", "aria-label": "The statement" });

  constructor(root, state) {
    this.#root = root;
    this.#state = state;
    this.#load();
  }

  update(state) {
    const other = state.article !== this.#state.article;
    this.#state = state;
    if (other) this.#load();
    else this.#choose(this.#numberOf(state.statement));
  }

  close() {}

  #load = async () => {
    const { article: id } = this.#state;
    this.#root.replaceChildren(loading("The article is on its way."));
    try {
      const { article, statements } = await ask(`articles/${encodeURIComponent(id)}`);
      if (id !== this.#state.article) return;
      this.#read(article, statements);
    } catch (refusal) {
      if (id === this.#state.article) this.#root.replaceChildren(failed(refusal, this.#load));
    }
  };

  #read(article, statements) {
    this.#statements = statements;
    this.#cast = castOf(statements);
    for (const speaker of this.#cast) for (const number of speaker.statements) this.#colours[number] = speaker.colour;
    const text = this.#text(article.body);
    this.#root.replaceChildren(element("article", { class: "reading" },
      heading(article, statements), text, element("aside", {}, this.#legend(), this.#detail)));
    const first = this.#numberOf(this.#state.statement);
    this.#choose(first);
    this.#pieces.get(first)?.[0].piece.scrollIntoView({ block: "center" });
  }

  #text(body) {
    const { slice, length } = slicer(body);
    this.#pieces = new Map(this.#statements.map((_, number) => [number, []]));
    const text = element("div", { class: "body", dir: "auto" });
    for (const { start, end, covers } of pieces(length, this.#statements)) {
      const written = slice(start, end);
      text.append(...(covers.length ? [this.#piece(written, covers)] : unmarked(written)));
    }
    for (const [number, own] of this.#pieces) invite(number, own);
    text.addEventListener("click", ({ target }) => this.#point(target, (number) => this.#keep(number)));
    text.addEventListener("pointerover", ({ target }) => this.#point(target, (number) => this.#choose(number)));
    text.addEventListener("focusin", ({ target }) => this.#choose(Number(target.dataset.first)));
    text.addEventListener("pointerleave", () => this.#choose(this.#numberOf(this.#state.statement)));
    text.addEventListener("keydown", (event) => this.#step(event));
    return text;
  }

  #piece(text, covers) {
    const { statement, part } = covers.at(-1);
    const made = element("mark", { class: `piece ${part} hue-${this.#colours[statement]}`, "data-statement": statement }, ...visible(text));
    const lines = covers.slice(-LINES).reverse().filter((cover) => cover.part === "content");
    // The innermost statement's line is nearest to the text.
    made.style.boxShadow = lines.map((cover, index) => `0 ${3 * index + 2}px 0 var(--hue-${this.#colours[cover.statement]})`).join(", ");
    for (const cover of covers) this.#pieces.get(cover.statement).push({ piece: made, part: cover.part });
    return made;
  }

  #numberOf(id) {
    return this.#statements.findIndex((statement) => statement.statement_id === id);
  }

  #point(target, then) {
    const piece = target.closest(".piece");
    if (piece) then(Number(piece.dataset.statement));
  }

  #keep(number) {
    go({ ...this.#state, statement: this.#statements[number].statement_id }, { replace: true });
  }

  /** Shows source, cue and content of a statement; none for -1. */
  #choose(number) {
    for (const marked of this.#root.querySelectorAll(".piece.chosen")) marked.classList.remove("chosen", "as-source", "as-cue", "as-content");
    const statement = this.#statements[number];
    this.#detail.replaceChildren(...(statement ? this.#told(statement, number) : [this.#hint()]));
    if (!statement) return;
    for (const { piece, part } of this.#pieces.get(number)) {
      piece.classList.add("chosen", `as-${part}`);
      piece.style.setProperty("--chosen", `var(--hue-${this.#colours[number]})`);
    }
    this.#detail.className = `detail hue-${this.#colours[number]}`;
  }

  #hint() {
    this.#detail.className = "detail";
    if (!this.#statements.length) return empty("No statements here.", "Nobody is reported to have said anything in this article.");
    return element("p", { class: "hint" }, "Point at a statement or tap it. With the keyboard: j goes to the next, k to the previous.");
  }

  #told(statement, number) {
    const outer = this.#numberOf(statement.reported_by);
    return [
      element("p", { class: "walk" },
        element("button", { type: "button", disabled: number === 0, onclick: () => this.#walk(number - 1) }, "Previous"),
        element("span", {}, `${number + 1} of ${this.#statements.length}`),
        element("button", { type: "button", disabled: number === this.#statements.length - 1, onclick: () => this.#walk(number + 1) }, "Next")),
      element("p", { class: "who" }, speakers(statement), " ", actLink(statement)),
      element("dl", {}, ...["source", "cue", "content"].flatMap((part) => [
        element("dt", {}, part),
        element("dd", { class: part }, ...spans(statement[part])),
      ])),
      particulars(statement),
      outer >= 0 ? element("p", {}, element("button", { type: "button", class: "outer", onclick: () => this.#keep(outer) }, "The statement around it")) : null,
    ].filter(Boolean);
  }

  #walk(number) {
    this.#keep(number);
    this.#pieces.get(number)[0]?.piece.scrollIntoView({ block: "center" });
  }

  #step(event) {
    const by = { j: 1, k: -1 }[event.key];
    const focused = event.target.closest("[data-first]");
    if (!by || !focused || event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = [...this.#root.querySelectorAll("[data-first]")];
    stops[stops.indexOf(focused) + by]?.focus();
  }

  #legend() {
    return element("details", { class: "legend", open: matchMedia("(min-width: 60rem)").matches },
      element("summary", {}, "Who speaks"),
      element("ul", {}, ...this.#cast.map((speaker) =>
        element("li", {}, element("button", { type: "button", class: `hue-${speaker.colour}`, onclick: () => this.#walk(speaker.statements[0]) },
          element("span", { class: "swatch", "aria-hidden": "true" }), isolated(speaker.name)),
          " ", ...joined(speaker.countries.map(badge), " "), element("span", { class: "number" }, String(speaker.statements.length))))),
      element("p", { class: "key" },
        element("mark", { class: "piece source hue-1" }, "source"), " ",
        element("mark", { class: "piece cue hue-1" }, "cue"), " ",
        element("mark", { class: "piece content hue-1" }, "content"), " One line under a word for each statement that it belongs to."));
  }
}

/** Text that belongs to no statement; the blank lines between paragraphs are set smaller. */
const unmarked = (text) =>
  text.split(/(\n\s*\n)/).map((part, index) => element("span", { class: index % 2 ? "gap" : null }, ...visible(part)));

/** One piece of each statement takes the keyboard's focus for it: the first that is no other's. */
function invite(number, own) {
  const free = own.filter(({ piece }) => !piece.hasAttribute("tabindex"));
  const { piece } = free.find((one) => Number(one.piece.dataset.statement) === number) ?? free[0] ?? {};
  if (!piece) return;
  piece.setAttribute("tabindex", "0");
  piece.dataset.first = number;
}

function heading(article, statements) {
  const url = followable(article.url);
  return element("header", {},
    element("h1", {}, article.title ? isolated(article.title) : "An article without a title"),
    element("p", { class: "particulars" }, ...joined([
      article.publisher ? isolated(article.publisher) : null,
      article.published_at ? day(article.published_at) : null,
      counted(statements.length, "statement"),
      url ? element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, "original\u00a0↗") : null,
    ].filter(Boolean), " · ")));
}

const spans = (list) =>
  list.length ? joined(list.map((span) => isolated(span.text.replace(/\s+/g, " "))), " … ") : [element("span", { class: "none" }, "none")];
