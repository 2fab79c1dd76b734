/** One person's conversation with the server: its key, kept on this device, and the reading of its history. */

import { newId } from "./dom.js";
import { forget, recall, remember } from "./storage.js";

const API = "/chat/api";

/** The server no longer knows this conversation's key (HTTP 401). */
export class SessionGone extends Error {}

export class Session {
  #renewing = null;

  /** `name` tells conversations on one device apart; `pane` is the role in sample mode; `link` the payload of a QR's link. */
  constructor({ name, pane = null, link = null }) {
    this.name = name;
    this.pane = pane;
    this.link = link;
    this.card = null;
  }

  get storageKey() {
    return `congvu.session.${this.name}`;
  }

  /** Takes up the conversation kept on this device, or begins one. */
  async open() {
    this.card = recall(this.storageKey);
    if (!this.card?.token) await this.renew();
    return this.card;
  }

  /** Replaces a key the server refused; several callers at once, or several tabs, share one new key. */
  renew() {
    this.#renewing ??= this.#exclusively(() => this.#create(this.card?.token)).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  /** Forgets the conversation on this device. */
  leave() {
    forget(this.storageKey);
    this.card = null;
  }

  headers() {
    return { Authorization: `Bearer ${this.card?.token ?? ""}` };
  }

  messagesAddress() {
    return `${API}/messages`;
  }

  streamAddress(after) {
    return `${API}/stream?after=${after}`;
  }

  /** The whole history after `after`, oldest first. Throws SessionGone, or Error when the network fails. */
  async history(after = 0) {
    const answer = await fetch(`${API}/messages?after=${after}`, { headers: this.headers(), cache: "no-store" });
    if (answer.status === 401) throw new SessionGone();
    if (!answer.ok) throw new Error(`history ${answer.status}`);
    return (await answer.json()).messages;
  }

  async #create(refused) {
    const kept = recall(this.storageKey);
    if (kept?.token && kept.token !== refused) {
      this.card = kept;
      return kept;
    }
    const answer = await fetch(`${API}/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ pane: this.pane, link: this.link }),
    });
    if (!answer.ok) throw new Error(`session ${answer.status}`);
    const { token, title, subtitle } = await answer.json();
    this.card = { token, title, subtitle, mark: newId() };
    remember(this.storageKey, this.card);
    return this.card;
  }

  #exclusively(work) {
    return navigator.locks ? navigator.locks.request(`${this.storageKey}.create`, work) : work();
  }
}
