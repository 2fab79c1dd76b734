/** Begins the conversation for the person, so that the assistant speaks first; a desk's QR code says which unit they stand at. */

import { newId } from "./dom.js";
import { forget, recall, remember } from "./storage.js";

export class Greeting {
  constructor(session, eachVisit) {
    this.session = session;
    this.eachVisit = eachVisit;
    this.key = `congvu.start.${session.name}`;
  }

  /** The message to begin with, or null when the conversation is under way and came from no new link. */
  message(historyIsEmpty) {
    const { link } = this.session;
    const { mark } = this.session.card;
    const kept = recall(this.key);
    const repeated = kept?.mark === mark && kept.link === link;
    if (!historyIsEmpty && (!link || (repeated && !this.eachVisit))) return null;
    const id = repeated && historyIsEmpty ? kept.id : newId(); // two tabs at once make one greeting
    remember(this.key, { mark, link, id });
    return { id, link, text: link ? `/start ${link}` : "/start" };
  }

  forget() {
    forget(this.key);
  }
}
