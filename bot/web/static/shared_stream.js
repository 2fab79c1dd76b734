/**
 * Gives every tab of one conversation its messages over a single stream: browsers allow six connections to an address,
 * and three panes in two tabs would use them all up. The tab somebody looks at holds the stream and tells the others.
 */

import { Stream } from "./stream.js";

export class SharedStream {
  #release = null;
  #queued = null;
  #taking = false;
  #closed = false;

  constructor({ session, lastSeq, onMessage, onLive, onGone }) {
    this.onMessage = onMessage;
    this.onLive = onLive;
    this.name = `congvu.stream.${session.name}.${session.card.mark}`;
    this.air = "BroadcastChannel" in window ? new BroadcastChannel(this.name) : null;
    this.stream = new Stream({ session, lastSeq, onGone, onMessage: (m) => this.#tell({ message: m }), onLive: (live) => this.#tell({ live }) });
    this.takeOver = this.takeOver.bind(this);
  }

  start() {
    if (!navigator.locks || !this.air) {
      this.stream.start();
      return;
    }
    this.air.onmessage = ({ data }) => this.#hear(data);
    document.addEventListener("visibilitychange", this.takeOver);
    addEventListener("focus", this.takeOver);
    if (document.hidden) this.#wait();
    else this.takeOver();
  }

  stop() {
    this.#closed = true;
    document.removeEventListener("visibilitychange", this.takeOver);
    removeEventListener("focus", this.takeOver);
    this.#queued?.abort();
    this.#release?.();
    this.stream.stop();
    this.air?.close();
  }

  /** The tab that came to the front takes the stream from the others; one put to sleep by a phone could not pass messages on. */
  takeOver() {
    if (document.hidden || this.#closed || this.#taking) return;
    if (this.#release) {
      this.stream.hurry();
      return;
    }
    this.#queued?.abort();
    this.#queued = null;
    this.#taking = true;
    this.#hold({ steal: true });
  }

  #wait() {
    this.#queued = new AbortController();
    this.#hold({ signal: this.#queued.signal });
  }

  async #hold(options) {
    let held = false;
    try {
      await navigator.locks.request(this.name, options, () => {
        this.#taking = false;
        if (this.#closed) return undefined;
        held = true;
        this.#queued = null;
        this.stream.start();
        return new Promise((resolve) => {
          this.#release = resolve;
        });
      });
    } catch (problem) {
      if (problem.name !== "AbortError") throw problem;
    }
    if (!held) return;
    this.#release = null;
    this.stream.stop();
    if (!this.#closed) this.#wait();
  }

  #tell(news) {
    this.air?.postMessage(news);
    this.#hear(news);
  }

  #hear(news) {
    if (this.#closed) return;
    if (news.message) this.onMessage(news.message);
    else this.onLive(news.live);
  }
}
