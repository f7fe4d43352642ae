// A statement's content, as quoted text.
import { element, joined } from "./element.js";
import { visible } from "./text.js";

const OPENING = /^["“”„«»‘'`]+/;
const CLOSING = /["“”„«»’'`]+$/;

const inOneLine = (text) => text.replace(/\s+/g, " ").trim();

/** The content of a direct statement gets one kind of marks; the others keep the marks that the text has. */
export function quotedTexts(statement) {
  const texts = statement.content.map((span) => inOneLine(span.text));
  if (statement.kind !== "direct") return texts;
  return texts.map((text) => `“${text.replace(OPENING, "").replace(CLOSING, "")}”`);
}

/** The content as an element; its parts with an ellipsis between them. */
export function quotation(statement) {
  const parts = quotedTexts(statement).map((text) => element("bdi", {}, ...visible(text)));
  return element(statement.kind === "direct" ? "blockquote" : "p", { class: `content ${statement.kind}` },
    cueOf(statement), ...joined(parts, " … "));
}

function cueOf(statement) {
  const cue = statement.cue.map((span) => inOneLine(span.text)).join(" … ");
  if (!cue) return null;
  return element("span", { class: "cue" }, element("bdi", {}, ...visible(cue)), " ");
}
