// Text of strangers: shown as it is, but so that it cannot reorder or hide what stands around it.
import { element } from "./element.js";

// C0 and C1 controls but tab and newlines, zero-width and bidirectional marks, line separators, the byte order mark.
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const codePoint = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Nodes for `text`: an invisible control character becomes a mark with its code point. */
export function visible(text) {
  const nodes = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(INVISIBLE)) {
    if (index > from) nodes.push(text.slice(from, index));
    nodes.push(element("span", { class: "control", title: "an invisible control character" }, codePoint(character)));
    from = index + character.length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

/** `text` in a box of its own for the direction of writing, with attributes if wanted. */
export const isolated = (text, attributes = {}) => element("bdi", attributes, ...visible(text));

/** The URL if a browser may follow it, else null: http and https only. */
export function followable(url) {
  if (!url) return null;
  try {
    const { protocol, href } = new URL(url);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}
