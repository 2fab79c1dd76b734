/** The messages of a conversation in their order, and the part of them that is drawn; older ones are drawn when the reader goes up. */

import { drawEntry, isStart, refreshEntry, showDay } from "./bubbles.js";
import { markChosen } from "./choices.js";
import { dayKey } from "./times.js";

const DRAWN_AT_FIRST = 120;
const DRAWN_MORE = 120;
const GROUP_MS = 5 * 60_000;

/** An entry: { message, seq (null until the server has numbered it), state, error, percent, node (null while not drawn) }. */
export class Timeline {
  constructor(list, actions) {
    this.list = list;
    this.actions = actions;
    this.clear();
  }

  clear() {
    this.entries = [];
    this.seen = new Set();
    this.own = new Map();
    this.lastSeq = 0;
    this.from = 0;
    this.list.replaceChildren();
  }

  get isEmpty() {
    return this.entries.length === 0;
  }

  /** Draws a whole history, newest part first. */
  load(messages) {
    this.clear();
    const fresh = messages.filter((message) => !this.seen.has(message.seq) && this.seen.add(message.seq));
    this.entries = fresh.sort((a, b) => a.seq - b.seq).map(numbered);
    this.entries.filter((entry) => entry.message.from === "me").forEach((entry) => this.own.set(entry.message.id, entry));
    this.lastSeq = this.entries.at(-1)?.seq ?? 0;
    this.from = this.entries.length;
    this.showOlder(DRAWN_AT_FIRST);
    this.#settleAnswers();
  }

  /** Draws `count` more of the older messages; false when there are none. */
  showOlder(count = DRAWN_MORE) {
    if (this.from === 0) return false;
    const start = Math.max(0, this.from - count);
    const page = document.createDocumentFragment();
    for (let index = start; index < this.from; index += 1) page.append(this.#draw(this.entries[index]));
    this.list.prepend(page);
    const end = this.from;
    this.from = start;
    for (let index = start; index <= end; index += 1) this.#dress(index);
    for (let index = start; index < end; index += 1) this.#tick(index);
    return true;
  }

  showAll() {
    this.showOlder(this.entries.length);
  }

  /** Takes a message from the server. Returns "new", "echo" (one's own, shown already) or null (seen before). */
  receive(message) {
    if (this.seen.has(message.seq)) return null;
    this.seen.add(message.seq);
    this.lastSeq = Math.max(this.lastSeq, message.seq);
    const shown = message.from === "me" ? this.own.get(message.id) : undefined;
    const entry = shown ?? numbered(message);
    if (shown) Object.assign(shown, { seq: message.seq, state: "received", error: null, percent: null, message: { ...message, files: shown.message.files } });
    else if (message.from === "me") this.own.set(message.id, entry);
    this.#place(entry);
    if (shown?.node) refreshEntry(entry.node, entry, this.actions);
    this.#settleAnswers();
    return shown ? "echo" : "new";
  }

  /** Shows one's own message before the server has it. */
  addOwn(message, { state, error, percent }) {
    const entry = { message, seq: null, state, error, percent, node: null };
    this.own.set(message.id, entry);
    this.#place(entry);
    this.#settleAnswers();
  }

  /** A new state of one's own message; one that is sent again goes to the end. */
  changeOwn(id, { state, error, percent }) {
    const entry = this.own.get(id);
    if (!entry || entry.seq !== null) return;
    const again = entry.state === "failed" && state === "sending";
    Object.assign(entry, { state, error, percent });
    refreshEntry(entry.node, entry, this.actions);
    if (again) this.#place(entry);
    this.#settleAnswers();
  }

  removeOwn(id) {
    const entry = this.own.get(id);
    if (!entry || entry.seq !== null) return;
    this.own.delete(id);
    const index = this.entries.indexOf(entry);
    this.entries.splice(index, 1);
    entry.node.remove();
    this.#dress(index - 1);
    this.#dress(index);
    this.#settleAnswers();
  }

  /** The group of buttons that waits for an answer, if any. */
  currentChoices() {
    return this.current?.node?.querySelector(".choices") ?? null;
  }

  #draw(entry) {
    entry.node ??= drawEntry(entry, this.actions);
    return entry.node;
  }

  /** Numbered messages stand in the server's order; one's own still under way stay below them. */
  #place(entry) {
    const old = this.entries.indexOf(entry);
    if (old >= 0) this.entries.splice(old, 1);
    let at = this.entries.length;
    const later = (other) => (entry.seq !== null && isUnderWay(other)) || (entry.seq !== null && other.seq !== null && other.seq > entry.seq);
    while (at > 0 && later(this.entries[at - 1])) at -= 1;
    this.entries.splice(at, 0, entry);
    if (at < this.from) {
      this.from += 1;
      return;
    }
    if (at !== old || !entry.node) this.list.insertBefore(this.#draw(entry), this.entries[at + 1]?.node ?? null);
    [old - 1, old, at - 1, at, at + 1].forEach((index) => this.#dress(index));
    this.#tick(at);
  }

  /** Day line, and where a run of one speaker's messages begins and ends. */
  #dress(index) {
    const entry = this.entries[index];
    if (!entry?.node || index < this.from) return;
    const before = this.entries[index - 1];
    const after = this.entries[index + 1];
    showDay(entry.node, entry.message, !before || !sameDay(before, entry));
    entry.node.classList.toggle("first", !before || !sameGroup(before, entry));
    entry.node.classList.toggle("last", !after || !sameGroup(entry, after));
  }

  /** Marks on the assistant's last buttons which one this message of one's own answers. */
  #tick(index) {
    const { message } = this.entries[index];
    if (message.from !== "me" || !message.text) return;
    for (let at = index - 1; at >= this.from && at >= index - 6; at -= 1) {
      const asked = this.entries[at];
      if (asked.message.from === "me") return;
      const group = asked.node?.querySelector(".choices");
      if (group) {
        markChosen(group, message.text);
        return;
      }
    }
  }

  /** Only the newest unanswered buttons stand out, and only the newest own message says that it arrived. */
  #settleAnswers() {
    let asking = null;
    let newestOwn = null;
    for (let at = this.entries.length - 1; at >= 0 && !newestOwn; at -= 1) {
      const entry = this.entries[at];
      if (entry.message.from === "me" && entry.state !== "failed") newestOwn = entry;
      else if (!newestOwn && !asking && entry.message.rows?.length) asking = entry;
    }
    this.#move("current", asking);
    this.#move("newest", newestOwn);
  }

  #move(mark, entry) {
    if (this[mark] !== entry) this[mark]?.node?.classList.remove(mark);
    this[mark] = entry;
    entry?.node?.classList.add(mark);
  }
}

function numbered(message) {
  return { message, seq: message.seq, state: "received", error: null, percent: null, node: null };
}

function isUnderWay(entry) {
  return entry.seq === null && entry.state !== "failed";
}

function sameDay(a, b) {
  return dayKey(new Date(a.message.at)) === dayKey(new Date(b.message.at));
}

function sameGroup(a, b) {
  if (a.message.from !== b.message.from || isStart(a.message) || isStart(b.message)) return false;
  return Math.abs(new Date(b.message.at) - new Date(a.message.at)) < GROUP_MS && sameDay(a, b);
}
