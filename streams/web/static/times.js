// Moments as people read them; all in the reader's own time zone but publication dates, which are kept as published.
import { element } from "./element.js";

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** The time of day, with the day in front when that is not today. */
export function clock(iso) {
  const moment = new Date(iso);
  const today = moment.toDateString() === new Date().toDateString();
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" }).format(moment);
  return element("time", { datetime: iso, title: iso }, today ? CLOCK.format(moment) : `${day}, ${CLOCK.format(moment)}`);
}

/** The day of publication: the one that the publisher wrote, in whichever time zone that was. */
export const day = (iso) => element("time", { datetime: iso, title: iso }, DAY.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)));

/** A length of time given in seconds. */
export function duration(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} days`;
}
