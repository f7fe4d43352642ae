"use strict";

const ARTICLES = 200; // on the page; the oldest go
const COOPERATIVE = new Set(["pledge", "consult", "support", "concede"]);
const HOSTILE = new Set(["demand", "disapprove", "accuse", "reject", "threaten"]);

const articles = document.getElementById("articles");
const state = document.getElementById("state");
const template = document.getElementById("statement");
const sections = new Map(); // article id -> its section
let shown = 0;

const words = (value) => value.replaceAll("_", " ");
const named = (party) => (party.name ?? "unknown") + (party.country ? ` (${party.country})` : "");

function sectionOf(statement) {
  let section = sections.get(statement.article_id);
  if (!section) {
    section = document.createElement("section");
    const heading = document.createElement("h2");
    if (statement.published_at) {
      const time = document.createElement("time");
      time.dateTime = statement.published_at;
      time.textContent = statement.published_at.slice(0, 10);
      heading.append(time);
    }
    heading.append(statement.article_title ?? statement.article_id);
    section.append(heading);
    sections.set(statement.article_id, section);
    articles.prepend(section);
    if (sections.size > ARTICLES) forget(sections.keys().next().value);
  }
  return section;
}

function forget(article) {
  const section = sections.get(article);
  shown -= section.querySelectorAll(".statement").length;
  section.remove();
  sections.delete(article);
}

function howKnown(speaker) {
  const from = speaker.mention && speaker.mention !== speaker.name && speaker.resolution !== "explicit";
  return words(speaker.resolution) + (from ? ` “${speaker.mention}”` : "");
}

// Only textContent: what articles contain is never markup.
function show(statement) {
  const card = template.content.cloneNode(true).firstElementChild;
  const fill = (name, text) => { card.querySelector(name).textContent = text; };
  fill(".name", statement.speakers.map(named).join(", ") || "unknown");
  fill(".office", statement.speakers.map((speaker) => speaker.role).filter(Boolean).join(", "));
  fill(".act", words(statement.act) + (statement.negated ? " (not said)" : ""));
  fill(".what", statement.content.map((span) => span.text).join(" … "));
  const to = statement.targets.map(named).join(", ");
  const how = [...new Set(statement.speakers.map(howKnown))].join(", ");
  fill(".more", [to && `to or about ${to}`, how, statement.said_at].filter(Boolean).join(" · "));
  card.querySelector(".act").classList.toggle("cooperative", COOPERATIVE.has(statement.act));
  card.querySelector(".act").classList.toggle("hostile", HOSTILE.has(statement.act));
  card.classList.toggle("between-states", statement.diplomatic);
  sectionOf(statement).append(card);
  shown += 1;
}

function clear() {
  articles.replaceChildren();
  sections.clear();
  shown = 0;
}

async function begin() {
  const answer = await (await fetch("api/statements?limit=500")).json();
  clear();
  answer.statements.reverse().forEach(show);
  told();
  const stream = new EventSource(`api/stream?last_event_id=${answer.position}`);
  stream.addEventListener("statement", (event) => { show(JSON.parse(event.data)); told(); });
  stream.addEventListener("reset", () => { stream.close(); begin(); });
  stream.addEventListener("error", () => { state.textContent = "The worker does not answer; trying again."; });
}

function told() {
  if (shown) state.textContent = `${shown} statements in ${sections.size} articles`;
}

document.getElementById("diplomatic").addEventListener("change", (event) => {
  document.body.classList.toggle("diplomatic", event.target.checked);
});
begin();
