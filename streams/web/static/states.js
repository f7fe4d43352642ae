// What stands where there is nothing to show: not yet, not at all, or not for now.
import { element } from "./element.js";

export const loading = (words) => element("p", { class: "state loading", role: "status" }, words);

/** A headline, a sentence, and what can be done about it. */
export const empty = (headline, words, action = null) =>
  element("div", { class: "state empty" }, element("p", { class: "headline" }, headline), element("p", {}, words), action);

/** What was refused, in the worker's words, and another try. */
export const failed = (refusal, again) =>
  element("div", { class: "state failed", role: "alert" },
    element("p", { class: "headline" }, refusal.status === 404 ? "Not here." : "That did not work."),
    element("p", {}, refusal.message),
    again ? element("button", { type: "button", onclick: again }, "Try again") : null);
