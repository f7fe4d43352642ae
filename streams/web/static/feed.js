// Which statements are on the page, and which wait: the arithmetic of the live list, without the page.

/** The statements of a list that shows at most `limit`, each once, newest first. */
export class Feed {
  #limit;
  #known = new Set();
  #waiting = []; // oldest first
  #missed = 0; // waited, but are too many to be kept

  constructor(limit) {
    this.#limit = limit;
  }

  /** How many wait to be shown, those included that will not be shown any more because so many came after them. */
  get waiting() {
    return this.#waiting.length + this.#missed;
  }

  /** A statement arrives; false if it is there already. */
  arrive(statement) {
    if (this.#known.has(statement.statement_id)) return false;
    this.#known.add(statement.statement_id);
    this.#waiting.push(statement);
    if (this.#waiting.length > this.#limit) {
      this.#known.delete(this.#waiting.shift().statement_id);
      this.#missed += 1;
    }
    return true;
  }

  /** Takes what waits, newest first. */
  take() {
    const taken = this.#waiting.reverse();
    this.#waiting = [];
    this.#missed = 0;
    return taken;
  }

  /** Of an older page, those that are not there yet; they count as shown. */
  older(statements) {
    const found = statements.filter((statement) => !this.#known.has(statement.statement_id));
    for (const statement of found) this.#known.add(statement.statement_id);
    return found;
  }

  /** A statement has left the page. */
  forget(id) {
    this.#known.delete(id);
  }
}
