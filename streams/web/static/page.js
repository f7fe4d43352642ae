// The frame: which view stands on the page, and whether the worker is there.
import { changes, followLinks, read } from "./address.js";
import { articleView } from "./article.js";
import { learnCountries } from "./countries.js";
import { healthView } from "./health.js";
import { liveView } from "./live.js";
import { pictureView } from "./picture.js";
import { StatementStream } from "./stream.js";

const VIEWS = { live: liveView, article: articleView, picture: pictureView, health: healthView };
const TITLES = { live: "Who says what", article: "An article", picture: "The picture", health: "Health" };
const CONNECTION = { connecting: "connecting", open: "live", lost: "no connection" };

const root = document.getElementById("view");
const stream = new StatementStream();
let shown = null;

function show() {
  const state = read(location.search);
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === state.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (shown?.view === state.view) return shown.content.update(state);
  shown?.content.close();
  scrollTo({ top: 0 });
  document.title = state.view === "live" ? TITLES.live : `${TITLES[state.view]} · ${TITLES.live}`;
  shown = { view: state.view, content: VIEWS[state.view](root, stream, state) };
}

function tellConnection(state) {
  const lamp = document.querySelector(".connection");
  lamp.dataset.state = state;
  lamp.querySelector(".words").textContent = CONNECTION[state];
  const banner = document.querySelector(".banner");
  banner.hidden = state !== "lost";
  banner.textContent = state === "lost" ? "The worker does not answer. What you see is what came before; the page goes on as soon as it is back." : "";
}

stream.addEventListener("state", ({ detail }) => tellConnection(detail));
changes.addEventListener("change", show);
followLinks();
await Promise.all([learnCountries(), stream.begin()]);
show();
