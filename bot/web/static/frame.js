/** The lasting parts of a conversation on the page: header with its buttons, the scrolling list, and the notices of opening. */

import { el, icon } from "./dom.js";
import { menu } from "./menu.js";
import { CHAT, COMMANDS, COMMANDS_IN_SHORT, MENU, ROLES } from "./texts.js";

export class Frame {
  /** `say(text)` sends a command; `leave` (or null) forgets the conversation on this device. */
  constructor({ role, shortcuts, commands, say, leave }) {
    this.title = el(role === "chat" ? "h1.title" : "h2.title", {}, ROLES[role].title);
    this.subtitle = el("p.subtitle", {}, ROLES[role].subtitle);
    this.list = el("div.list");
    this.inner = el("div.inner", {}, this.list);
    this.view = el("div.view", { role: "log", "aria-live": "polite", "aria-label": CHAT.log, "aria-busy": "true", tabindex: "0" }, this.inner);
    this.said = el("p.spoken", { role: "status" });
    this.header = el(
      "header.chat-header",
      {},
      el("span.portrait", { "aria-hidden": "true" }, icon(role === "chat" ? "bot" : role)),
      el("div.titles", {}, this.title, this.subtitle),
      ...shortcuts.map((shortcut) => shortcutButton(shortcut, say)),
      headerMenu(commands, say, leave),
    );
    this.node = el("section.chat", { "data-role": role, "aria-label": CHAT.region(ROLES[role].title) });
    this.notice = el("div.opening", {}, el("span.spinner", { "aria-hidden": "true" }), el("p", {}, CHAT.opening));
  }

  assemble({ banner, typing, pill, composer }) {
    this.inner.append(typing.node);
    this.body = el("div.chat-body", {}, banner, this.view, this.notice, pill);
    this.node.append(this.header, this.body, composer, typing.status, this.said);
  }

  opened({ title, subtitle }) {
    this.notice.remove();
    this.view.setAttribute("aria-busy", "false");
    if (title) {
      this.title.textContent = title;
      this.node.setAttribute("aria-label", CHAT.region(title));
    }
    if (subtitle) this.subtitle.textContent = subtitle;
  }

  /** Shows that it did not work; resolves after `pause` ms or when the person wants to try again. */
  cannotOpen(pause) {
    return new Promise((resolve) => {
      const again = el("button.retry", { type: "button", onclick: resolve }, CHAT.tryAgain);
      this.notice.replaceChildren(icon("alert"), el("p", { role: "status" }, CHAT.cannotOpen), again);
      if (!this.notice.isConnected && this.list.childElementCount === 0) this.body.append(this.notice);
      setTimeout(resolve, pause);
    });
  }

  /** Changes the list without a screen reader reading all of it aloud. */
  quietly(work) {
    this.view.setAttribute("aria-live", "off");
    const result = work();
    clearTimeout(this.loud);
    this.loud = setTimeout(() => this.view.setAttribute("aria-live", "polite"), 600);
    return result;
  }

  /** Speaks a sentence to screen readers. */
  say(sentence) {
    this.said.textContent = sentence;
  }
}

/** The whole words or, in a narrow header, the short ones; the style sheet shows one of them. */
function shortcutButton({ command, icon: name }, say) {
  const words = COMMANDS[command];
  const short = COMMANDS_IN_SHORT[command] ?? words;
  return el("button.shortcut", { type: "button", title: words, onclick: () => say(command) }, icon(name), el("span.whole", {}, words), el("span.short", {}, short));
}

function headerMenu(commands, say, leave) {
  const items = commands.map((command) => ({ label: COMMANDS[command], run: () => say(command) }));
  if (leave) items.push({ label: MENU.leave, run: leave, separate: true });
  return items.length ? menu(items) : null;
}

