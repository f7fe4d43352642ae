// The page's state lives in its address: which view, and what it is narrowed to. So it can be linked, and back goes back.

const XLINK = "http://www.w3.org/1999/xlink"; // where the links in Plot's charts have their address
const VIEWS = ["live", "article", "picture", "health"];
const LISTS = ["act", "kind"];
const WORDS = ["country", "speaker", "q", "article", "statement", "window", "by", "reason", "letter"];

/** The state that a query string tells. */
export function read(search) {
  const query = new URLSearchParams(search);
  const state = { view: VIEWS.includes(query.get("view")) ? query.get("view") : "live" };
  for (const name of LISTS) state[name] = query.getAll(name);
  for (const name of WORDS) state[name] = query.get(name) ?? "";
  state.diplomatic = query.get("diplomatic") === "1";
  return state;
}

/** The query string of a state, without what is not set; `?` for the first page. */
export function written(state) {
  const query = new URLSearchParams();
  if (state.view && state.view !== "live") query.set("view", state.view);
  for (const name of WORDS) if (state[name]) query.set(name, state[name]);
  for (const name of LISTS) for (const value of state[name] ?? []) query.append(name, value);
  if (state.diplomatic) query.set("diplomatic", "1");
  return `?${query}`;
}

/** What `go` calls after the address has changed. */
export const changes = new EventTarget();

/** Goes to a state; `replace` keeps the way back free of steps that are none. */
export function go(state, { replace = false } = {}) {
  const address = written(state);
  if (address === written(read(location.search))) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  changes.dispatchEvent(new Event("change"));
}

/** Remembers from which statement a link led away, so that back leads there again. */
function leaveMark(link) {
  const statement = link.closest("[data-id]")?.dataset.id;
  if (statement) history.replaceState({ statement }, "");
}

/** The statement from which a link led away from here; null where none did. */
export const mark = () => history.state?.statement ?? null;

/** Follows the page's own links without loading it anew; a click that asks for a new tab is the browser's. */
export function followLinks() {
  addEventListener("popstate", () => changes.dispatchEvent(new Event("change")));
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    const href = link?.getAttribute("href") ?? link?.getAttributeNS(XLINK, "href");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!href?.startsWith("?") || !plain || event.defaultPrevented) return;
    event.preventDefault();
    leaveMark(link);
    go(read(href));
  });
}
