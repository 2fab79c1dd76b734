/** Keeps the newest message in view while the reader is at the bottom; otherwise leaves the page still and offers "Tin mới ↓". */

import { el, icon } from "./dom.js";
import { CHAT } from "./texts.js";

const NEAR_PX = 60;
const OLDER_AT_PX = 500;

export class Scroller {
  /** `view` scrolls, `list` grows inside it; `showOlder()` draws more above and says whether there was any. */
  constructor(view, list, showOlder) {
    this.view = view;
    this.showOlder = showOlder;
    this.pinned = true;
    this.missed = 0;
    this.lastTop = 0;
    this.words = el("span", {}, CHAT.toBottom);
    this.pill = el("button.pill", { type: "button", hidden: true, onclick: () => this.toBottom() }, this.words, icon("down"));
    view.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const watcher = new ResizeObserver(() => this.pinned && this.toBottom());
    watcher.observe(view);
    watcher.observe(list);
  }

  /** A message came that the reader may not see. */
  arrived() {
    if (this.pinned) return;
    this.missed += 1;
    this.#showPill();
  }

  toBottom() {
    this.view.scrollTop = this.view.scrollHeight;
    this.lastTop = this.view.scrollTop;
    this.pinned = true;
    this.missed = 0;
    this.#showPill();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.view;
    const gap = scrollHeight - clientHeight - scrollTop;
    if (gap < NEAR_PX) this.#reachedBottom();
    else if (scrollTop < this.lastTop - 1) this.pinned = false;
    this.lastTop = scrollTop;
    if (scrollTop < OLDER_AT_PX && !this.pinned) this.#older(scrollHeight - scrollTop);
    this.#showPill(gap);
  }

  #reachedBottom() {
    this.pinned = true;
    this.missed = 0;
  }

  #older(fromEnd) {
    if (!this.showOlder()) return;
    this.view.scrollTop = this.view.scrollHeight - fromEnd;
    this.lastTop = this.view.scrollTop;
  }

  #showPill(gap = 0) {
    this.pill.hidden = this.pinned || (this.missed === 0 && gap < this.view.clientHeight);
    this.pill.classList.toggle("fresh", this.missed > 0);
    this.words.textContent = this.missed ? CHAT.newMessages(this.missed) : CHAT.toBottom;
  }
}
