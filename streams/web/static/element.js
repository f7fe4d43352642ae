// The one place where elements are made. Strings become text nodes and nothing else, so no text can be markup.

/** An element with attributes (null and false are left out, true is empty) and children (strings, nodes, null for none). */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The heading of a view that needs none to be seen. */
export const unseenHeading = (words) => element("h1", { class: "unseen" }, words);

/** `nodes` with `separator` (a string) between each two. */
export function joined(nodes, separator) {
  return nodes.flatMap((node, index) => (index ? [separator, node] : [node]));
}
