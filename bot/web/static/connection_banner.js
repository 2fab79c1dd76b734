/** Says that the connection is lost, but only when it stays lost for a moment. */

import { el } from "./dom.js";
import { CHAT } from "./texts.js";

const GRACE_MS = 1_200;

export class ConnectionBanner {
  #timer = null;

  constructor() {
    this.words = el("span");
    this.node = el("div.banner", { role: "status", hidden: true }, el("span.spinner", { "aria-hidden": "true" }), this.words);
  }

  live(isLive) {
    if (isLive) {
      clearTimeout(this.#timer);
      this.#timer = null;
      this.node.hidden = true;
      this.words.textContent = "";
    } else this.#timer ??= setTimeout(() => this.#show(), GRACE_MS);
  }

  #show() {
    this.node.hidden = false;
    this.words.textContent = CHAT.reconnecting;
  }
}
