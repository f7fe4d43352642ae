// States by their ISO 3166-1 alpha-3 code, as the worker knows them.
import { element } from "./element.js";
import { ask } from "./server.js";

let known = {};

/** Asks for the names once; without them the codes stand alone. */
export async function learnCountries() {
  known = await ask("countries").catch(() => ({}));
}

export const countryName = (code) => known[code]?.name ?? code;

/** All codes, in the order of their names. */
export const countryCodes = () =>
  Object.keys(known).sort((one, other) => countryName(one).localeCompare(countryName(other), "en"));

/** The code as a small badge that leads to what the state says. */
export const badge = (code) =>
  element("a", { class: "badge", href: `?country=${encodeURIComponent(code)}`, title: countryName(code) }, code);
