// What the page calls the values of a statement.

/** Each act: its name here, and its tone from 1 (conflictual) over 3 (neither) to 5 (cooperative), by the worker's scale. */
export const ACTS = {
  pledge: { name: "pledges", tone: 5 },
  support: { name: "supports", tone: 5 },
  concede: { name: "concedes", tone: 5 },
  consult: { name: "consults", tone: 4 },
  appeal: { name: "appeals", tone: 3 },
  assert: { name: "asserts", tone: 3 },
  decline_comment: { name: "declines to comment", tone: 3 },
  deny: { name: "denies", tone: 2 },
  demand: { name: "demands", tone: 2 },
  disapprove: { name: "disapproves", tone: 2 },
  accuse: { name: "accuses", tone: 1 },
  reject: { name: "rejects", tone: 2 },
  threaten: { name: "threatens", tone: 1 },
};

export const KINDS = {
  direct: "all of it in quotation marks",
  mixed: "partly in quotation marks",
  indirect: "without quotation marks",
};

export const TONES = { 1: "conflictual", 2: "rather conflictual", 3: "neither", 4: "rather cooperative", 5: "cooperative" };

/** The class from 1 to 5 of a mean tone in [-1, 1]. */
export const toneOf = (mean) => Math.min(5, Math.max(1, Math.floor((mean + 1) / 0.4) + 1));

const RESOLUTIONS = {
  pronoun: "a pronoun",
  short_name: "the short name",
  role: "the role",
  metonym: "the place",
  epithet: "the epithet",
  collective: "the group",
};

/** How a speaker's name was reached, in words; null where it stands in the text as it is. */
export function reached(speaker) {
  if (speaker.resolution === "unresolved") return { words: "not told who", mention: speaker.mention };
  if (!(speaker.resolution in RESOLUTIONS)) return null;
  return { words: `from ${RESOLUTIONS[speaker.resolution]}`, mention: speaker.mention };
}

/** `1 statement`, `2 statements`. */
export const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
