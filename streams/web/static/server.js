// Questions to the worker that served the page.

const PATIENCE = 30_000; // milliseconds until an answer counts as none

/** What the worker said in words when it could not answer, or that it did not answer at all (`status` 0). */
export class Refusal extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

/** The JSON at `path` below `api/`. Throws a Refusal. */
export async function ask(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== "" && one !== null && one !== undefined) query.append(name, one);
  }
  const asked = query.size ? `api/${path}?${query}` : `api/${path}`;
  let answer;
  try {
    answer = await fetch(asked, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Refusal("The worker does not answer.", 0);
  }
  const told = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refusal(told?.error ?? `The worker answered ${answer.status}.`, answer.status);
  if (told === null) throw new Refusal("The worker's answer cannot be read.", answer.status);
  return told;
}
