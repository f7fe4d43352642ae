// What the list of statements is narrowed to: the form, and the same question asked of one statement.
import { countryCodes, countryName } from "./countries.js";
import { element } from "./element.js";
import { ACTS, KINDS } from "./words.js";

const TYPED = 300; // milliseconds after the last key until a typed filter counts

const has = (text, part) => Boolean(text) && text.toLowerCase().includes(part.toLowerCase());

/** Whether a statement is among those that the filters of `state` let through; as `/api/statements` does it. */
export function matches(statement, state) {
  const { country, speaker, act, kind, q, diplomatic } = state;
  return (
    (!country || statement.speakers.some((one) => one.country === country)) &&
    (!speaker || statement.speakers.some((one) => has(one.name, speaker) || has(one.mention, speaker))) &&
    (!act.length || act.includes(statement.act)) &&
    (!kind.length || kind.includes(statement.kind)) &&
    (!diplomatic || statement.diplomatic) &&
    (!q || has(statement.article_title, q) || [...statement.content, ...statement.source].some((span) => has(span.text, q)))
  );
}

/** The filters as `/api/statements` takes them. */
export const asParameters = ({ country, speaker, act, kind, q, diplomatic }) => ({
  country, speaker, act, kind, q, diplomatic: diplomatic ? "1" : "",
});

/** The names of the filters that are set. */
export const narrowed = (state) =>
  ["country", "speaker", "q", "diplomatic"].filter((name) => state[name]).concat(["act", "kind"].filter((name) => state[name].length));

/**
 * The form of the filters in `state`. `changed(filters, {replace})` is called with what they are now; `replace` while one
 * and the same text is being typed.
 */
export function filterForm(state, changed) {
  let typing = null;
  let timer;
  const read = () => {
    const values = new FormData(form);
    return {
      country: values.get("country"), speaker: values.get("speaker").trim(), q: values.get("q").trim(),
      act: values.getAll("act"), kind: values.getAll("kind"), diplomatic: values.has("diplomatic"),
    };
  };
  const form = element("form", { class: "filters", role: "search", "aria-label": "Narrow the statements" },
    element("div", { class: "fields" },
      field("Country", countryChoice(state.country)),
      field("Speaker", element("input", { name: "speaker", type: "search", value: state.speaker, autocomplete: "off", spellcheck: "false" })),
      field("Text", element("input", { name: "q", type: "search", value: state.q, autocomplete: "off", spellcheck: "false" })),
      element("label", { class: "check" }, element("input", { name: "diplomatic", type: "checkbox", value: "1", checked: state.diplomatic }), " between states only")),
    choices("Act", "act", Object.entries(ACTS).map(([value, { name, tone }]) => [value, name, tone]), state.act),
    choices("Words", "kind", Object.keys(KINDS).map((value) => [value, value, null]), state.kind));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target.type === "search") return;
    typing = null;
    changed(read(), { replace: false });
  });
  form.addEventListener("input", ({ target }) => {
    if (target.type !== "search") return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed(read(), { replace: typing === target.name });
      typing = target.name;
    }, TYPED);
  });
  return form;
}

/** Brings a form to the filters of `state`; a space that somebody has just typed stays. */
export function fillForm(form, state) {
  for (const field of form.elements) {
    if (field.type === "search" || field.tagName === "SELECT") {
      if (field.value.trim() !== state[field.name]) field.value = state[field.name];
    } else if (field.type === "checkbox") {
      field.checked = field.name === "diplomatic" ? state.diplomatic : state[field.name].includes(field.value);
    }
  }
}

const field = (name, control) => element("label", {}, element("span", { class: "label" }, name), control);

function countryChoice(chosen) {
  const codes = countryCodes();
  if (chosen && !codes.includes(chosen)) codes.unshift(chosen);
  return element("select", { name: "country" },
    element("option", { value: "" }, "all"),
    ...codes.map((code) => element("option", { value: code, selected: code === chosen }, countryName(code))));
}

function choices(legend, name, values, chosen) {
  return element("fieldset", { class: "chips" },
    element("legend", { class: "label" }, legend),
    ...values.map(([value, words, tone]) =>
      element("label", { class: tone ? `chip tone-${tone}` : "chip" },
        element("input", { type: "checkbox", name, value, checked: chosen.includes(value) }),
        element("span", {}, words))));
}
