/** Listens to the server for new messages and comes back by itself after a break, from the last message seen. */

import { SessionGone } from "./session.js";

const SILENCE_MS = 40_000; // the server says something at least every 15 s
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 12_000;
const STEADY_MS = 5_000; // a connection that lasted this long was a good one

export class Stream {
  #run = 0; // 0: stopped; otherwise the number of the run that may go on
  #runs = 0;
  #abort = null;
  #wake = null;
  #pauses = 0;

  /** `lastSeq()` tells where to go on; `onMessage(m)`, `onLive(bool)` and `onGone()` (the key was refused) report. */
  constructor({ session, lastSeq, onMessage, onLive, onGone }) {
    Object.assign(this, { session, lastSeq, onMessage, onLive, onGone });
    this.hurry = this.hurry.bind(this);
  }

  start() {
    if (this.#run) return;
    this.#runs += 1;
    this.#run = this.#runs;
    addEventListener("online", this.hurry);
    this.#keepListening(this.#run);
  }

  stop() {
    this.#run = 0;
    removeEventListener("online", this.hurry);
    this.#abort?.abort();
    this.hurry();
  }

  /** Ends a pause between two tries. */
  hurry() {
    this.#pauses = 0;
    this.#wake?.();
  }

  async #keepListening(run) {
    while (this.#run === run) {
      const began = Date.now();
      try {
        await this.#listen();
      } catch (problem) {
        if (problem instanceof SessionGone && this.#run === run) {
          this.stop();
          this.onGone();
        }
      }
      if (this.#run !== run) return;
      this.onLive(false);
      if (Date.now() - began > STEADY_MS) this.#pauses = 0;
      await this.#pause();
    }
  }

  async #listen() {
    const abort = new AbortController();
    this.#abort = abort;
    const feed = eventParser((data) => this.onMessage(JSON.parse(data)));
    let watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
    try {
      const answer = await fetch(this.session.streamAddress(this.lastSeq()), {
        headers: { ...this.session.headers(), Accept: "text/event-stream" },
        cache: "no-store",
        signal: abort.signal,
      });
      if (answer.status === 401) throw new SessionGone();
      if (!answer.ok || !answer.body) throw new Error(`stream ${answer.status}`);
      if (abort.signal.aborted) return;
      this.onLive(true);
      for await (const chunk of chunks(answer.body)) {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
        feed(chunk);
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  #pause() {
    const length = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#pauses) * (0.75 + Math.random() / 2);
    this.#pauses += 1;
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, length);
    });
  }
}

async function* chunks(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}

/** A function fed with pieces of a text/event-stream; calls `onData` for each whole `message` event. */
export function eventParser(onData) {
  let rest = "";
  let kind = "message";
  let data = [];
  const line = (text) => {
    if (text === "") {
      if (data.length && kind === "message") onData(data.join("\n"));
      kind = "message";
      data = [];
    } else if (text.startsWith("data:")) data.push(text.slice(5).replace(/^ /, ""));
    else if (text.startsWith("event:")) kind = text.slice(6).trim();
  };
  return (piece) => {
    const lines = (rest + piece).split("\n");
    rest = lines.pop();
    lines.forEach((text) => line(text.replace(/\r$/, "")));
  };
}
