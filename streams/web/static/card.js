// One statement, to be read at a glance: who, which act, what, to or about whom, and how far to trust it.
import { badge } from "./countries.js";
import { element, joined } from "./element.js";
import { quotation } from "./quotation.js";
import { followable, isolated } from "./text.js";
import { clock, day } from "./times.js";
import { ACTS, KINDS, reached } from "./words.js";

/** The card of a statement with its article's line. */
export function card(statement) {
  return element("article", { class: `card tone-${toneOf(statement)}`, tabindex: "-1", "data-id": statement.statement_id },
    header(statement),
    quotation(statement),
    particulars(statement),
    articleLine(statement));
}

/** The act's name as a link to more of its kind. */
export function actLink(statement) {
  const act = ACTS[statement.act];
  return element("a", { class: `act tone-${toneOf(statement)}`, href: `?act=${statement.act}` },
    statement.negated ? `not said: ${act.name}` : act.name);
}

/** Everybody who speaks in a statement. */
export function speakers(statement) {
  const known = statement.speakers.map(speaker);
  return element("span", { class: "speakers" }, ...(known.length ? joined(known, ", ") : [unnamed("nobody named")]));
}

/** What else is known: targets, medium, date, how the name was reached, confidence. */
export function particulars(statement) {
  const parts = [
    statement.targets.length ? element("span", {}, "to or about ", ...joined(statement.targets.map(party), ", ")) : null,
    statement.medium,
    statement.said_at ? element("span", {}, "said ", element("time", { datetime: statement.said_at }, statement.said_at)) : null,
    ...ways(statement),
    statement.reported_by ? "reported inside another statement" : null,
    element("span", { class: "confidence", title: "How likely this is a statement with this source" },
      `${Math.round(statement.confidence * 100)} % sure`),
  ];
  return element("p", { class: "particulars" }, ...joined(parts.filter(Boolean), " · "));
}

const toneOf = (statement) => ACTS[statement.act].tone;

function header(statement) {
  return element("header", {},
    speakers(statement),
    " ",
    actLink(statement),
    element("span", { class: "moment", title: `${statement.kind}: ${KINDS[statement.kind]}` }, statement.seen_at ? clock(statement.seen_at) : null));
}

function speaker(one) {
  const office = [one.role, one.kind === "person" || one.kind === "group" ? one.organisation : null].filter(Boolean);
  return element("span", { class: "speaker" },
    one.country ? [badge(one.country), " "] : null,
    one.name ? isolated(one.name, { class: "name" }) : one.mention ? isolated(one.mention, { class: "name unnamed" }) : unnamed("not told"),
    office.length ? [" ", element("span", { class: "office" }, ...joined(office.map((text) => isolated(text)), ", "))] : null);
}

function party(one) {
  return element("span", { class: "party" },
    one.country ? [badge(one.country), " "] : null,
    one.name ? isolated(one.name) : unnamed("not told"));
}

const unnamed = (words) => element("span", { class: "name unnamed" }, words);

/** How names were reached, once for each way. */
function ways(statement) {
  const told = new Map();
  for (const way of statement.speakers.map(reached)) if (way) told.set(`${way.words} ${way.mention}`, way);
  return [...told.values()].map(({ words, mention }) =>
    element("span", {}, words, mention ? [" “", isolated(mention), "”"] : null));
}

function articleLine(statement) {
  const url = followable(statement.article_url);
  const read = `?${new URLSearchParams({ view: "article", article: statement.article_id, statement: statement.statement_id })}`;
  return element("footer", {},
    element("a", { class: "read", href: read }, statement.article_title ? isolated(statement.article_title) : "the article"),
    statement.publisher ? [", ", isolated(statement.publisher)] : null,
    statement.published_at ? [", ", day(statement.published_at)] : null,
    url ? [" ", element("a", { class: "original", href: url, rel: "noopener noreferrer", target: "_blank" }, "original\u00a0↗")] : null);
}
