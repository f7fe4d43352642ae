// The statements as they arrive: server-sent events, resumed where they broke off.
import { ask } from "./server.js";

const AGAIN = 2000; // milliseconds until the next try, where the browser does not try by itself

/**
 * One connection for the life of the page. Its events: `statement` (detail: the statement), `reset` (too far behind: ask
 * for the list anew), `state` (detail: "connecting", "open", "lost").
 */
export class StatementStream extends EventTarget {
  #position = null;
  #state = "connecting";

  /** Whether there is a position from which nothing is missed. */
  get anchored() {
    return this.#position !== null;
  }

  /** Learns the present position and reads on from there; returns after the first try, and goes on trying. */
  async begin() {
    try {
      this.#position = (await ask("statements", { limit: 1 })).position;
      this.#open();
    } catch {
      this.#tell("lost");
      setTimeout(() => this.begin(), AGAIN);
    }
  }

  #open() {
    const source = new EventSource(`api/stream?${new URLSearchParams({ last_event_id: this.#position })}`);
    const moved = (event) => {
      this.#position = event.lastEventId || this.#position;
    };
    source.addEventListener("open", () => this.#tell("open"));
    source.addEventListener("statement", (event) => {
      moved(event);
      this.dispatchEvent(new CustomEvent("statement", { detail: JSON.parse(event.data) }));
    });
    source.addEventListener("reset", (event) => {
      moved(event);
      this.dispatchEvent(new Event("reset"));
    });
    source.addEventListener("error", () => {
      this.#tell("lost");
      // After a lost connection the browser comes back by itself; after an answer that is no stream it never does.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.#open(), AGAIN);
    });
  }

  #tell(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}
