// Who speaks in an article, and which colour each has.

export const COLOURS = 10;

const nameOf = (speaker) => speaker.name ?? speaker.mention ?? "not told who";

/** The speakers of `statements` in the order of their first words: `{name, country, colour, statements (their numbers)}`. */
export function castOf(statements) {
  const cast = new Map();
  statements.forEach((statement, number) => {
    const name = statement.speakers.length ? statement.speakers.map(nameOf).join(", ") : "nobody named";
    if (!cast.has(name)) {
      const countries = [...new Set(statement.speakers.map((speaker) => speaker.country).filter(Boolean))];
      cast.set(name, { name, countries, colour: (cast.size % COLOURS) + 1, statements: [] });
    }
    cast.get(name).statements.push(number);
  });
  return [...cast.values()];
}
