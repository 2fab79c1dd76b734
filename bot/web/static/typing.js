/** The three dots that show the assistant is about to answer. */

import { el, icon } from "./dom.js";
import { CHAT } from "./texts.js";

const PATIENCE_MS = 15_000;

export class Typing {
  #timer = null;

  constructor() {
    const dots = el("span.dots", {}, el("i"), el("i"), el("i"));
    this.node = el("div.typing", { "aria-hidden": "true", hidden: true }, el("span.avatar", {}, icon("bot")), el("span.bubble", {}, dots));
    this.status = el("p.spoken", { role: "status" });
  }

  show() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), PATIENCE_MS);
    this.node.hidden = false;
    this.status.textContent = CHAT.typing;
  }

  hide() {
    clearTimeout(this.#timer);
    this.node.hidden = true;
    this.status.textContent = "";
  }
}
