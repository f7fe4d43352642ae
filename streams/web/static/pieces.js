// A body cut at every edge of every span, so that overlapping and nested statements can all be marked in one text.

/** `(start, end) => string` for offsets in code points, as the worker counts; JavaScript's own count UTF-16 units. */
export function slicer(text) {
  const units = new Uint32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) units[count++] = at;
  units[count] = text.length;
  const slice = (start, end) => text.slice(units[start], units[end]);
  return { slice, length: count };
}

const PARTS = ["source", "cue", "content"];

/**
 * The pieces of a text of `length` code points, in order: `{start, end, covers}`, where `covers` tells which parts of which
 * statements (`{statement, part}`, statement by its number in `statements`) the whole piece belongs to, innermost last.
 */
export function pieces(length, statements) {
  const depths = depthsOf(statements);
  const opening = new Map();
  const closing = new Map();
  const edges = new Set([0, length]);
  statements.forEach((statement, number) => {
    for (const part of PARTS) {
      for (const { start, end } of statement[part]) {
        const cover = { statement: number, part };
        entry(opening, start).push(cover);
        entry(closing, end).push(cover);
        edges.add(start).add(end);
      }
    }
  });
  const sorted = [...edges].sort((one, other) => one - other);
  const open = new Set();
  return sorted.slice(0, -1).map((start, index) => {
    for (const cover of closing.get(start) ?? []) open.delete(cover);
    for (const cover of opening.get(start) ?? []) open.add(cover);
    const covers = [...open].sort((one, other) => depths[one.statement] - depths[other.statement]);
    return { start, end: sorted[index + 1], covers };
  });
}

/** How deep each statement is nested in others; 0 for one that stands by itself. */
function depthsOf(statements) {
  const numbers = new Map(statements.map((statement, number) => [statement.statement_id, number]));
  const depth = (number, seen) => {
    const outer = numbers.get(statements[number].reported_by);
    return outer === undefined || seen.has(outer) ? 0 : 1 + depth(outer, seen.add(outer));
  };
  return statements.map((_, number) => depth(number, new Set([number])));
}

function entry(map, key) {
  if (!map.has(key)) map.set(key, []);
  return map.get(key);
}
