/** Draws one message of the conversation: bubble, files, buttons, time, and for one's own messages whether it arrived. */

import { attachmentNodes } from "./attachments.js";
import { choiceGroup } from "./choices.js";
import { el, icon, spoken } from "./dom.js";
import { isOnlyEmoji, richText } from "./richtext.js";
import { CHAT, COMMANDS, STATE } from "./texts.js";
import { clockTime, dayName } from "./times.js";

const FOLD_LENGTH = 2500;

/** An entry is { message, seq, state, error, percent }. Actions: choose(choice), command(text), retry(id), drop(id), cancel(id). */
export function drawEntry(entry, actions) {
  const { message } = entry;
  const node = el(`div.entry.${message.from === "me" ? "me" : "bot"}`);
  node.append(el("div.day", { hidden: true }, el("span")));
  if (isStart(message)) {
    node.classList.add("notice");
    node.append(el("p.notice-words", {}, CHAT.started));
  } else {
    node.append(drawRow(message, actions));
  }
  node.append(el("div.meta"));
  refreshEntry(node, entry, actions);
  return node;
}

/** Brings time and state up to date without touching the bubble (a picture just sent stays as it is). */
export function refreshEntry(node, entry, actions) {
  const { message, state } = entry;
  const old = node.lastElementChild;
  if (state === "sending" && node.dataset.state === "sending" && moveProgress(old, entry.percent)) return;
  node.dataset.state = state;
  const time = el("time", { datetime: message.at }, clockTime(new Date(message.at)));
  const meta = el("div.meta", { "aria-live": "off" }, time);
  if (message.from === "me") meta.append(...stateNodes(entry, actions));
  old.replaceWith(meta);
}

/** Moves an upload's bar that is there already, so that its button keeps the keyboard's focus. */
function moveProgress(meta, percent) {
  const bar = meta.querySelector("progress");
  if (!bar || !hasPercent(percent)) return false;
  bar.value = percent;
  meta.querySelector(".state-words").textContent = STATE.sendingPart(percent);
  return true;
}

function hasPercent(percent) {
  return percent !== null && percent !== undefined;
}

/** Shows or hides the line with the day above the message. */
export function showDay(node, message, shown) {
  const day = node.firstElementChild;
  day.hidden = !shown;
  day.firstElementChild.textContent = shown ? dayName(new Date(message.at)) : "";
}

export function isStart(message) {
  return message.from === "me" && /^\/start(?:\s|$)/.test(message.text ?? "");
}

function drawRow(message, actions) {
  const mine = message.from === "me";
  const text = message.text ?? "";
  const files = message.files ?? [];
  const stack = el("div.stack");
  if (text || files.length) stack.append(drawBubble(message, text, files, mine, actions));
  if (message.rows?.length) stack.append(choiceGroup(message.rows, actions.choose));
  const row = el("div.row");
  if (!mine) row.append(el("span.avatar", { "aria-hidden": "true" }, icon("bot")));
  row.append(stack);
  return row;
}

function drawBubble(message, text, files, mine, actions) {
  const bubble = el("div.bubble", {}, spoken(mine ? CHAT.youSay : CHAT.botSays));
  if (files.length) bubble.append(el("div.files", {}, ...attachmentNodes(files)));
  if (files.length && !text) bubble.classList.add("only-files");
  if (text && !files.length && isOnlyEmoji(text)) bubble.classList.add("only-emoji");
  if (text) bubble.append(...drawWords(text, mine, actions));
  return bubble;
}

function drawWords(text, mine, actions) {
  const command = mine ? COMMANDS[text.trim()] : undefined;
  const words = el("div.words", command ? { title: text.trim() } : {});
  words.append(command ?? richText(text, mine ? null : actions.command));
  if (text.length <= FOLD_LENGTH) return [words];
  words.classList.add("folded");
  const unfold = el("button.unfold", { type: "button", onclick: () => (words.classList.remove("folded"), unfold.remove()) }, CHAT.readAll);
  return [words, unfold];
}

function stateNodes(entry, actions) {
  const { id } = entry.message;
  const { state, percent, error } = entry;
  const press = (label, action) => el("button.state-action", { type: "button", onclick: () => action(id) }, label);
  const face = (name, words) => el(`span.state.${state}`, {}, icon(name), el("span.state-words", {}, words));
  if (state === "received") return [face("check", STATE.received)];
  if (state === "failed") {
    return [face("alert", STATE.failed), press(STATE.retry, actions.retry), press(STATE.drop, actions.drop), el("span.state-reason", {}, error ?? "")];
  }
  if (!hasPercent(percent)) return [face("clock", STATE.sending)];
  const bar = el("progress.upload", { max: 100, value: percent, "aria-label": STATE.sending });
  return [face("clock", STATE.sendingPart(percent)), bar, press(STATE.cancel, actions.cancel)];
}
