/** On a narrow screen, tabs that choose which conversation is shown, each with the number of messages not yet seen. */

import { el, icon } from "./dom.js";
import { PAGE, ROLES } from "./texts.js";

const NARROW = "(max-width: 859.98px)";

export class Switcher {
  constructor(conversations) {
    this.tabs = conversations.map((conversation) => this.#tab(conversation));
    this.node = el("div.switcher", { role: "tablist", "aria-label": PAGE.switcher, onkeydown: (event) => this.#moved(event) }, ...this.tabs.map(({ button }) => button));
    this.narrow = matchMedia(NARROW);
    this.narrow.addEventListener("change", () => this.#arrange());
    this.shown = this.tabs[0];
    this.#arrange();
  }

  show(conversation) {
    this.shown = this.tabs.find((tab) => tab.conversation === conversation);
    this.#arrange();
  }

  /** Counts a message in a conversation that is behind another. */
  arrived(conversation) {
    const tab = this.tabs.find((each) => each.conversation === conversation);
    if (!this.narrow.matches || tab === this.shown) return;
    tab.unread += 1;
    this.#badge(tab);
  }

  #tab(conversation) {
    const { role } = conversation.node.dataset;
    const badge = el("span.badge", { hidden: true });
    conversation.node.id = `pane-${role}`;
    const button = el(
      "button.switch-tab",
      { type: "button", role: "tab", id: `tab-${role}`, "aria-controls": conversation.node.id, "data-role": role, onclick: () => this.show(conversation) },
      el("span.switch-icon", {}, icon(role), badge),
      el("span.switch-words", {}, ROLES[role].title),
    );
    return { conversation, button, badge, unread: 0 };
  }

  #arrange() {
    const narrow = this.narrow.matches;
    for (const tab of this.tabs) {
      const chosen = tab === this.shown;
      const { node } = tab.conversation;
      if (chosen || !narrow) tab.unread = 0;
      this.#badge(tab);
      tab.button.setAttribute("aria-selected", String(chosen));
      tab.button.setAttribute("tabindex", chosen ? "0" : "-1");
      node.hidden = narrow && !chosen;
      if (narrow) node.setAttribute("role", "tabpanel");
      else node.removeAttribute("role");
    }
  }

  #badge({ badge, unread }) {
    badge.hidden = unread === 0;
    badge.textContent = unread > 99 ? "99+" : String(unread);
    badge.setAttribute("aria-label", PAGE.unread(unread));
  }

  #moved(event) {
    const at = this.tabs.indexOf(this.shown);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = this.tabs[(to + this.tabs.length) % this.tabs.length];
    this.show(tab.conversation);
    tab.button.focus();
  }
}
