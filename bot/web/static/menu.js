/** The small list of commands behind the three dots in a conversation's header. */

import { el, iconButton } from "./dom.js";
import { MENU } from "./texts.js";

let menus = 0;

/** `items` are { label, run, separate }. Arrow keys move, Escape and a tap elsewhere close. */
export function menu(items) {
  menus += 1;
  const list = el("div.menu-list", { role: "menu", id: `menu-${menus}`, "aria-label": MENU.open, hidden: true });
  const opener = iconButton(".menu-open", "more", MENU.open, () => show(list.hidden));
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-controls", list.id);
  opener.setAttribute("aria-expanded", "false");
  const node = el("div.menu", {}, opener, list);

  const away = (event) => !node.contains(event.target) && show(false);
  const show = (open, returnFocus = false) => {
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", away);
    if (open) list.firstElementChild.focus();
    else if (returnFocus) opener.focus();
  };
  const pick = (run) => {
    show(false, true);
    run();
  };
  for (const { label, run, separate } of items) {
    list.append(el(separate ? "button.menu-item.separate" : "button.menu-item", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => pick(run) }, label));
  }
  node.addEventListener("focusout", (event) => event.relatedTarget && !node.contains(event.relatedTarget) && show(false));
  node.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") show(false, true);
    else moveInside(event, list);
  });
  return node;
}

function moveInside(event, list) {
  const items = [...list.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length).focus();
}
