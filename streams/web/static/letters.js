// Dead letters: what could not be taken, why, and its bytes.
import { element, joined } from "./element.js";
import { ask } from "./server.js";
import { empty, failed } from "./states.js";
import { isolated, visible } from "./text.js";
import { clock } from "./times.js";
import { counted } from "./words.js";

const ROW = 16; // bytes in a line

/** The counts by reason, the letters of the reason that `state` names, and the letter that it names. */
export async function deadLetters(counts, state, open) {
  const heading = element("h2", {}, counts.total ? counted(counts.total, "dead letter") : "Dead letters");
  if (!counts.total) return [heading, empty("No dead letters.", "Everything that came could be taken.")];
  const list = state.reason ? await letters(state, open) : null;
  const letter = state.letter ? await opened(state.letter) : null;
  return [heading, reasons(counts.by_reason, state, open), list, letter].filter(Boolean);
}

const reasons = (counts, state, open) =>
  element("ul", { class: "reasons" }, ...counts.map(({ reason, count, last_at: last }) =>
    element("li", {},
      element("button", { type: "button", "aria-expanded": String(reason === state.reason), onclick: () => open(reason === state.reason ? "" : reason, "") },
        reason.replaceAll("_", " ")),
      " ", element("span", { class: "number" }, count.toLocaleString("en")),
      last ? [", the last at ", clock(last)] : null)));

async function letters({ reason, letter }, open) {
  try {
    const { dead_letters: found } = await ask("dead-letters", { reason, limit: 50 });
    return element("ol", { class: "found" }, ...found.map((one) =>
      element("li", {},
        element("button", { type: "button", "aria-pressed": String(one.id === letter), onclick: () => open(reason, one.id) },
          `${one.topic} ${one.partition}:${one.offset}`),
        " ", ...joined([one.at ? clock(one.at) : null, one.size === null ? null : counted(one.size, "byte"), isolated(one.error)].filter(Boolean), " · "))));
  } catch (refusal) {
    return failed(refusal);
  }
}

async function opened(id) {
  try {
    const letter = await ask(`dead-letters/${encodeURIComponent(id)}`);
    return element("article", { class: "letter" },
      element("h3", {}, `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}`),
      element("p", {}, `${letter.reason.replaceAll("_", " ")}, at `, isolated(letter.stage), ": ", isolated(letter.error)),
      element("dl", {}, ...[["key", letter.key ?? "none"], ...letter.headers].flatMap(([name, value]) =>
        [element("dt", {}, isolated(name)), element("dd", {}, isolated(value ?? ""))])),
      letter.text === null ? null : [element("h4", {}, "As text"), element("pre", { class: "text", tabindex: "0" }, ...visible(letter.text))],
      element("h4", {}, letter.truncated ? "The first bytes" : "Bytes"),
      element("pre", { class: "hex", tabindex: "0" }, dump(letter.hex)));
  } catch (refusal) {
    return failed(refusal);
  }
}

/** Sixteen bytes a line: offset, hexadecimal, and what is printable ASCII. */
export function dump(hex) {
  const bytes = hex.match(/../g) ?? [];
  const lines = [];
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = bytes.slice(at, at + ROW);
    const printed = row.map((byte) => String.fromCharCode(parseInt(byte, 16)).replace(/[^\x20-\x7e]/, "·")).join("");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${row.join(" ").padEnd(ROW * 3 - 1)}  ${printed}`);
  }
  return lines.join("\n");
}
