/** The buttons under an assistant's message. Tab reaches the group, arrow keys move inside it; a used one keeps a tick. */

import { el, icon, spoken } from "./dom.js";
import { outsideLink } from "./richtext.js";
import { CHAT } from "./texts.js";

const REST_MS = 700; // a double tap is one answer

/** A group for `rows` of { label, data, url }; `onChoose(choice)` gets a tapped button that carries data. */
export function choiceGroup(rows, onChoose) {
  const group = el("div.choices", { role: "group", "aria-label": CHAT.choices });
  for (const row of rows) {
    const line = el("div.choice-row");
    row.map((choice) => choiceNode(choice, onChoose)).filter(Boolean).forEach((node) => line.append(node));
    group.append(line);
  }
  controls(group).forEach((node, index) => node.setAttribute("tabindex", index ? "-1" : "0"));
  group.addEventListener("keydown", moveInside);
  return group;
}

function choiceNode(choice, onChoose) {
  if (choice.url) return outsideLink("a.choice", choice.url, choice.label, icon("outside"), spoken(CHAT.opensOutside));
  let tappedAt = -REST_MS;
  const tap = () => {
    if (performance.now() - tappedAt < REST_MS) return;
    tappedAt = performance.now();
    onChoose(choice);
  };
  return el("button.choice", { type: "button", "data-label": choice.label, onclick: tap }, el("span", {}, choice.label));
}

/** Puts a tick on the button whose words the person has just answered with. */
export function markChosen(group, label) {
  for (const node of group.querySelectorAll("button.choice")) {
    if (node.dataset.label !== label || node.classList.contains("chosen")) continue;
    node.classList.add("chosen");
    node.prepend(icon("check"));
    node.append(spoken(`, ${CHAT.chosen}`));
    return;
  }
}

/** Goes from the composer to the answers on offer. */
export function focusFirst(group) {
  controls(group)[0]?.focus();
}

function controls(group) {
  return [...group.querySelectorAll(".choice")];
}

function moveInside(event) {
  const all = controls(event.currentTarget);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const target = all[(to + all.length) % all.length];
  all.forEach((node) => node.setAttribute("tabindex", node === target ? "0" : "-1"));
  target.focus();
}
