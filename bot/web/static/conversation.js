/** One conversation with the assistant: puts the header, messages and composer together and carries news between them and the server. */

import { ask } from "./ask.js";
import { describeLocal } from "./attachments.js";
import { focusFirst } from "./choices.js";
import { Composer } from "./composer.js";
import { ConnectionBanner } from "./connection_banner.js";
import { isTouch, newId } from "./dom.js";
import { dropZone } from "./drop_zone.js";
import { Frame } from "./frame.js";
import { Greeting } from "./greeting.js";
import { Outbox } from "./outbox.js";
import { Scroller } from "./scroller.js";
import { Session, SessionGone } from "./session.js";
import { SharedStream } from "./shared_stream.js";
import { MENU, STATE } from "./texts.js";
import { Timeline } from "./timeline.js";
import { Typing } from "./typing.js";

const OPEN_AGAIN_MS = 3_000;

export class Conversation {
  #opening = null;
  #stream = null;

  /**
   * `name` tells conversations on one device apart, `pane` is the role in sample mode, `link` a QR link's payload,
   * `role` the colours and fallback title, `shortcuts` and `commands` the header's buttons and menu ({ command, icon }),
   * `mayLeave` adds "forget on this device", `greetEachVisit` repeats the greeting for a link already greeted;
   * `onArrival()` is told of each new message from the assistant, `onGreeted()` when a link's payload is on its way.
   */
  constructor({ name, pane, link, role, shortcuts = [], commands = [], mayLeave = false, greetEachVisit = false, onArrival = null, onGreeted = null }) {
    Object.assign(this, { onArrival, onGreeted });
    this.session = new Session({ name, pane, link });
    this.greeting = new Greeting(this.session, greetEachVisit);
    this.banner = new ConnectionBanner();
    this.typing = new Typing();
    this.outbox = new Outbox({ session: this.session, onChange: (item) => this.#itemChanged(item), onGone: () => this.#open({ renew: true }) });
    this.composer = new Composer({ name, onSend: (draft) => this.send(draft), onUp: () => this.#toChoices() });
    const say = (text) => this.send({ text });
    this.frame = new Frame({ role, shortcuts, commands, say, leave: mayLeave ? () => this.#leave() : null });
    this.timeline = new Timeline(this.frame.list, {
      choose: (choice) => this.send({ choice: choice.data, label: choice.label }),
      command: say,
      retry: (id) => (this.outbox.retry(id), this.#backToWriting()),
      drop: (id) => (this.outbox.settle(id), this.timeline.removeOwn(id), this.#backToWriting()),
      cancel: (id) => this.outbox.cancel(id),
    });
    this.scroller = new Scroller(this.frame.view, this.frame.inner, () => this.frame.quietly(() => this.timeline.showOlder()));
    this.frame.assemble({ banner: this.banner.node, typing: this.typing, pill: this.scroller.pill, composer: this.composer.node });
    this.node = this.frame.node;
    dropZone(this.node, (transfer) => (this.composer.tray.addDropped(transfer), this.composer.focus()));
    this.#watchPage();
    this.#open({ restore: true });
  }

  /** Sends words, files or a tapped button; shows them at once. */
  send({ id = newId(), text = "", choice = null, label = null, files = [] }) {
    const item = { id, text, choice, label, files, at: new Date().toISOString() };
    this.#show(item);
    this.outbox.add(item);
    this.scroller.toBottom();
  }

  get isHidden() {
    return document.hidden || this.node.offsetParent === null;
  }

  #show(item) {
    const message = { id: item.id, from: "me", text: item.label ?? item.text, files: item.files.map(describeLocal), at: item.at };
    this.timeline.addOwn(message, { state: "sending", ...item });
  }

  #itemChanged(item) {
    this.timeline.changeOwn(item.id, item);
    if (item.state === "sending" && !item.files.length) this.typing.show();
    if (item.state === "failed") {
      this.typing.hide();
      this.frame.say(`${STATE.failed}. ${item.error ?? ""}`);
    }
  }

  #received(message) {
    if (message.anew) this.#beginAnew();
    const news = this.timeline.receive(message);
    if (message.from === "me") this.outbox.settle(message.id);
    if (news === "echo") this.typing.show();
    if (news !== "new") return;
    if (message.from === "bot") {
      this.typing.hide();
      this.onArrival?.(this);
    }
    this.scroller.arrived();
  }

  /** Everything was deleted; the button that asked for it goes too, words still under way stay. */
  #beginAnew() {
    this.timeline.clear();
    for (const item of [...this.outbox.items.values()]) {
      if (item.state === "received") this.outbox.settle(item.id);
      else if (!item.choice) this.#show(item);
    }
  }

  #live(isLive) {
    this.banner.live(isLive);
    if (isLive) this.outbox.retryUnreachable();
  }

  /** Opens (or, with `renew`, opens anew) and does not give up; several callers share one try. */
  #open(wish) {
    this.#opening ??= this.#openUntilItWorks(wish).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #openUntilItWorks({ renew = false, restore = false }) {
    this.#stream?.stop();
    for (;;) {
      try {
        await (renew ? this.session.renew() : this.session.open());
        await this.#enter(restore);
        return;
      } catch (problem) {
        renew = problem instanceof SessionGone;
        if (!renew) await this.frame.cannotOpen(OPEN_AGAIN_MS);
      }
    }
  }

  async #enter(restore) {
    const history = await this.session.history();
    this.frame.opened(this.session.card);
    this.frame.quietly(() => this.timeline.load(history));
    if (restore) this.outbox.restore();
    this.#showUnsent();
    this.scroller.toBottom();
    this.#listen();
    const first = this.greeting.message(history.length === 0 && this.outbox.isIdle);
    if (first) this.send(first);
    if (first?.link) this.onGreeted?.();
    this.outbox.open();
  }

  #showUnsent() {
    for (const item of [...this.outbox.items.values()]) {
      if (this.timeline.own.has(item.id)) this.outbox.settle(item.id);
      else {
        this.#show(item);
        this.timeline.changeOwn(item.id, item);
      }
    }
  }

  #listen() {
    this.#stream = new SharedStream({
      session: this.session,
      lastSeq: () => this.timeline.lastSeq,
      onMessage: (message) => this.#received(message),
      onLive: (isLive) => this.#live(isLive),
      onGone: () => this.#open({ renew: true }),
    });
    this.#stream.start();
  }

  #toChoices() {
    const group = this.timeline.currentChoices();
    if (group) focusFirst(group);
  }

  #backToWriting() {
    if (isTouch()) this.frame.view.focus({ preventScroll: true });
    else this.composer.focus();
  }

  async #leave() {
    const sure = await ask({ question: MENU.leaveQuestion, note: MENU.leaveNote, yes: MENU.leaveYes, no: MENU.leaveNo });
    if (!sure) return;
    this.outbox.clear();
    this.composer.clearDraft();
    this.greeting.forget();
    this.session.leave();
    location.reload();
  }

  #watchPage() {
    addEventListener("beforeunload", (event) => this.outbox.wouldLose() && event.preventDefault());
    addEventListener("beforeprint", () => this.frame.quietly(() => this.timeline.showAll()));
    addEventListener("offline", () => this.banner.live(false));
    addEventListener("storage", (event) => {
      if (event.key === this.session.storageKey && event.newValue === null) location.reload(); // left in another tab
    });
  }
}
