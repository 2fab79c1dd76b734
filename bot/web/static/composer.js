/** Where a person writes: a field that grows, files, voice, and a draft that survives closing the page. */

import { el, icon, iconButton, isTouch, spoken } from "./dom.js";
import { recordButton, Recorder } from "./recorder.js";
import { forget, recall, remember } from "./storage.js";
import { COMPOSER } from "./texts.js";
import { Tray } from "./tray.js";

const DRAFT_PAUSE_MS = 250;
const LONGEST_TEXT = 120_000;

export class Composer {
  #drafting = null;

  /** `onSend({ text, files })`; `onUp()` when the person presses the up arrow in an empty field. */
  constructor({ name, onSend, onUp }) {
    Object.assign(this, { onSend, onUp });
    this.draftKey = `congvu.draft.${name}`;
    this.complaint = el("p.complaint", { role: "alert", hidden: true });
    this.tray = new Tray({ onChange: () => this.#refresh(), complain: (sentence) => this.#complain(sentence) });
    this.recorder = new Recorder({
      onBegin: () => this.#showRecording(true),
      onEnd: () => this.#showRecording(false),
      onRecorded: (file) => this.onSend({ text: "", files: [file] }),
      complain: (sentence) => this.#complain(sentence),
    });
    this.#build(name);
    this.field.value = recall(this.draftKey) ?? "";
    addEventListener("pagehide", () => this.#keepDraft());
    new ResizeObserver(() => this.#grow()).observe(this.bar);
    this.#refresh();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  clearDraft() {
    this.field.value = "";
    forget(this.draftKey);
    this.tray.clear();
  }

  #build(name) {
    this.picker = el("input.picker", { type: "file", multiple: true, tabindex: "-1", "aria-hidden": "true", onchange: () => this.#picked() });
    this.field = el("textarea.field", {
      id: `field-${name}`,
      rows: 1,
      placeholder: COMPOSER.placeholder,
      autocomplete: "off",
      enterkeyhint: isTouch() ? "enter" : "send",
      oninput: () => this.#written(),
      onkeydown: (event) => this.#pressed(event),
      onpaste: (event) => this.#pasted(event),
    });
    this.mic = recordButton(() => this.recorder.begin());
    this.sendButton = el("button.round.send", { type: "submit", "aria-label": COMPOSER.send, title: COMPOSER.send }, icon("send"));
    const label = el("label", { for: this.field.id }, spoken(COMPOSER.field));
    const attach = iconButton(".attach", "attach", COMPOSER.attach, () => this.picker.click());
    this.bar = el("div.bar", {}, attach, label, this.field, this.mic, this.sendButton);
    this.node = el("form.composer", { "aria-label": COMPOSER.region, onsubmit: (event) => this.#submitted(event) }, this.complaint, this.tray.node, this.bar, this.recorder.node, this.picker);
  }

  #submitted(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    const { files } = this.tray;
    if (!text && !files.length) return;
    if (text.length > LONGEST_TEXT) {
      this.#complain(COMPOSER.tooLong);
      return;
    }
    clearTimeout(this.#drafting);
    this.clearDraft();
    this.onSend({ text, files });
    this.focus();
  }

  #pressed(event) {
    if (event.isComposing || event.keyCode === 229) return; // an input method is still building the word
    if (event.key === "Enter" && !event.shiftKey && !isTouch()) {
      event.preventDefault();
      this.node.requestSubmit();
    } else if (event.key === "ArrowUp" && this.field.value === "") {
      event.preventDefault();
      this.onUp();
    }
  }

  #pasted(event) {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    this.tray.addPasted(files);
  }

  #picked() {
    this.tray.add([...this.picker.files]);
    this.picker.value = "";
    this.focus();
  }

  #written() {
    this.#complain(null);
    this.#refresh();
    clearTimeout(this.#drafting);
    this.#drafting = setTimeout(() => this.#keepDraft(), DRAFT_PAUSE_MS);
  }

  #keepDraft() {
    if (this.field.value) remember(this.draftKey, this.field.value);
    else forget(this.draftKey);
  }

  #refresh() {
    const something = this.field.value.trim() !== "" || this.tray.files.length > 0;
    this.sendButton.disabled = !something;
    if (this.mic) {
      this.mic.hidden = something;
      this.sendButton.hidden = !something;
    }
    this.#grow();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  #complain(sentence) {
    this.complaint.hidden = !sentence;
    this.complaint.textContent = sentence ?? "";
  }

  #showRecording(active) {
    this.bar.hidden = active;
    if (!active) this.focus();
    else this.#complain(null);
  }
}
