/** Turns a message's plain text into page nodes: links and commands become tappable, nothing else is interpreted. */

import { el } from "./dom.js";

// Every repeat has an upper bound: a message of 100 kB must not make the page stand still.
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"“”«»]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}|\/[a-z]{2,20}(?![\w/.-])/giu;
const BEFORE_COMMAND = /[\s(“"]/u;
const TRAILING = /[.,;:!?…'’)\]}]+$/u;
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\u{FE0F}\u{1F3FB}-\u{1F3FF}]?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*\s?){1,3}$/u;
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const SAFE_ADDRESS = /^(?:https?:|mailto:|tel:)/iu;

/** The text as nodes. `onCommand` (optional) makes "/tracuu" and the like tappable. */
export function richText(text, onCommand = null) {
  const nodes = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const found = trimmed(match[0]);
    const before = text[match.index - 1] ?? " ";
    const node = linkNode(found, before, onCommand);
    if (!node) continue;
    nodes.append(text.slice(from, match.index), node);
    from = match.index + found.length;
  }
  nodes.append(text.slice(from));
  return nodes;
}

function linkNode(found, before, onCommand) {
  if (found.startsWith("/")) {
    if (!onCommand || !BEFORE_COMMAND.test(before)) return null;
    return el("button.command", { type: "button", onclick: () => onCommand(found) }, found);
  }
  return outsideLink("a", addressOf(found), found);
}

function addressOf(found) {
  if (/^https?:/iu.test(found)) return found;
  return found.toLowerCase().startsWith("www.") ? `https://${found}` : `mailto:${found}`;
}

/** A link that opens elsewhere and tells the other site nothing; null for an address that is not plainly safe. */
export function outsideLink(spec, address, ...children) {
  if (!SAFE_ADDRESS.test(address.trim())) return null;
  return el(spec, { href: address.trim(), target: "_blank", rel: "noopener noreferrer nofollow" }, ...children);
}

/** A sentence's full stop is not part of the address; a bracket opened inside the address is. */
function trimmed(found) {
  let kept = found.replace(TRAILING, "");
  if (found[kept.length] === ")" && kept.includes("(")) kept += ")";
  return kept;
}

export function isOnlyEmoji(text) {
  return text.length <= 24 && ONLY_EMOJI.test(text.trim());
}

/** A file's name without the marks that can make "exe.gpj" look like "jpg.exe". */
export function plainName(name) {
  return name.replace(DIRECTION_MARKS, "").trim();
}
