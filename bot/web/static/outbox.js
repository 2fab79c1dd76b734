/** Sends what a person wrote, one message after another, and keeps what could not be sent so that it can be tried again with the same id. */

import { recall, remember } from "./storage.js";
import { STATE } from "./texts.js";

const ANSWER_MS = 20_000;
const STALL_MS = 60_000;
const RECENT_MS = 10 * 60_000;

/** An item: { id, text, choice, label, files, at, state: "sending"|"received"|"failed", error, percent, unreachable }. */
export class Outbox {
  #queue = [];
  #busy = false;
  #held = true; // until the conversation is open
  #request = null;

  /** `onChange(item)` after every change of state; `onGone()` renews a refused key and resolves when that is done. */
  constructor({ session, onChange, onGone }) {
    Object.assign(this, { session, onChange, onGone });
    this.items = new Map();
  }

  get storageKey() {
    return `congvu.unsent.${this.session.name}`;
  }

  /** Messages of an earlier visit that the server has not confirmed; files cannot be kept across visits. */
  restore() {
    for (const kept of recall(this.storageKey) ?? []) {
      const justNow = Date.now() - Date.parse(kept.at) < RECENT_MS; // a page reloaded while sending goes on by itself
      this.items.set(kept.id, { ...kept, files: [], state: "failed", error: STATE.notSentYet, unreachable: justNow });
    }
  }

  add(item) {
    this.items.set(item.id, item);
    this.#enqueue(item);
  }

  /** From now on things are sent; before, they wait. */
  open() {
    this.#held = false;
    if (!this.#busy) this.#drain();
  }

  /** Forgets everything, sent or not. */
  clear() {
    this.#request?.xhr.abort();
    this.#queue = [];
    this.items.clear();
    this.#save();
  }

  retry(id) {
    const item = this.items.get(id);
    if (item && item.state === "failed") this.#enqueue(item);
  }

  /** Tries again, in their order, those that failed only because nobody answered. */
  retryUnreachable() {
    [...this.items.values()].filter((item) => item.state === "failed" && item.unreachable).forEach((item) => this.#enqueue(item));
  }

  cancel(id) {
    if (this.#request?.id === id) this.#request.xhr.abort();
  }

  /** The server has it (seen in the history), or the person gave it up. */
  settle(id) {
    if (this.items.delete(id)) this.#save();
    this.#queue = this.#queue.filter((item) => item.id !== id);
  }

  /** True when nothing waits to be sent. */
  get isIdle() {
    return this.items.size === 0;
  }

  /** True while leaving the page would lose files. */
  wouldLose() {
    return [...this.items.values()].some((item) => item.state !== "received" && item.files.length);
  }

  #enqueue(item) {
    Object.assign(item, { state: "sending", error: null, percent: null, unreachable: false });
    this.onChange(item);
    this.#save();
    this.#queue.push(item);
    if (!this.#busy && !this.#held) this.#drain();
  }

  async #drain() {
    this.#busy = true;
    while (this.#queue.length) await this.#deliver(this.#queue.shift());
    this.#busy = false;
  }

  async #deliver(item) {
    let outcome = await this.#post(item);
    if (outcome.status === 401) {
      await this.onGone().catch(() => null);
      outcome = await this.#post(item);
    }
    if (!this.items.has(item.id)) return;
    if (outcome.status === 200) Object.assign(item, { state: "received", percent: null });
    else Object.assign(item, { state: "failed", error: outcome.error, percent: null, unreachable: outcome.unreachable });
    this.#save();
    this.onChange(item);
  }

  #post(item) {
    return new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      this.#request = { id: item.id, xhr };
      let late = false;
      let watchdog = null;
      const wait = (length) => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => {
          late = true;
          xhr.abort();
        }, length);
      };
      const end = (outcome) => {
        clearTimeout(watchdog);
        this.#request = null;
        resolve(outcome);
      };
      xhr.upload.onprogress = ({ loaded, total }) => {
        wait(STALL_MS);
        if (!item.files.length) return;
        item.percent = Math.floor((100 * loaded) / total);
        this.onChange(item);
      };
      xhr.onload = () => end(answerOf(xhr));
      xhr.onerror = () => end({ error: STATE.offline, unreachable: true });
      xhr.onabort = () => end(late ? { error: STATE.late, unreachable: true } : { error: STATE.stopped });
      xhr.open("POST", this.session.messagesAddress());
      Object.entries(this.session.headers()).forEach(([name, value]) => xhr.setRequestHeader(name, value));
      wait(item.files.length ? STALL_MS : ANSWER_MS);
      xhr.send(formOf(item));
    });
  }

  #save() {
    const kept = [...this.items.values()].filter((item) => item.state !== "received" && !item.files.length);
    remember(this.storageKey, kept.map(({ id, text, choice, label, at }) => ({ id, text, choice, label, at })));
  }
}

function formOf({ id, text, choice, label, files }) {
  const form = new FormData();
  form.append("id", id);
  if (text) form.append("text", text);
  if (choice) {
    form.append("choice", choice);
    form.append("label", label);
  }
  files.forEach((file) => form.append("file", file, file.name));
  return form;
}

function answerOf(xhr) {
  if (xhr.status === 200) return { status: 200 };
  return { status: xhr.status, error: errorSentence(xhr.responseText), unreachable: xhr.status >= 502 && xhr.status <= 504 };
}

function errorSentence(body) {
  try {
    return JSON.parse(body).error || STATE.refused;
  } catch {
    return STATE.refused;
  }
}
