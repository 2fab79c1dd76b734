/** The files chosen but not yet sent: small previews above the field, each can be taken out again. */

import { el, icon } from "./dom.js";
import { plainName } from "./richtext.js";
import { COMPOSER } from "./texts.js";
import { fileSize, fileStamp } from "./times.js";

const LARGEST_BYTES = 20 * 1024 * 1024;
const MOST_FILES = 10;

export class Tray {
  /** `onChange()` after files came or went; `complain(sentence)` shows why one was not taken, null clears it. */
  constructor({ onChange, complain }) {
    Object.assign(this, { onChange, complain });
    this.chosen = [];
    this.node = el("ul.tray", { "aria-label": COMPOSER.tray, hidden: true });
  }

  get files() {
    return this.chosen.map(({ file }) => file);
  }

  /** Takes what fits and says in a sentence what does not. */
  add(files) {
    const complaints = new Set();
    for (const file of files) {
      const complaint = this.chosen.length >= MOST_FILES ? COMPOSER.tooMany : complaintAbout(file);
      if (complaint) complaints.add(complaint);
      else this.#take(file);
    }
    this.complain(complaints.size ? [...complaints].join(" ") : null);
    this.#changed();
  }

  /** Takes the files of a drop, without folders. */
  addDropped(transfer) {
    const entries = [...(transfer.items ?? [])].filter((item) => item.kind === "file");
    const folders = entries.filter((item) => item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile()?.name);
    const files = [...transfer.files].filter((file) => !folders.includes(file.name));
    this.add(files);
    if (folders.length) this.complain(COMPOSER.folder);
  }

  /** Takes pasted files; a screenshot gets a name that tells it from the next one. */
  addPasted(files) {
    this.add([...files].map((file) => (/^image\.\w+$/.test(file.name) ? renamed(file) : file)));
  }

  clear() {
    this.chosen.forEach(({ preview }) => preview && URL.revokeObjectURL(preview));
    this.chosen = [];
    this.node.replaceChildren();
    this.complain(null);
    this.#changed();
  }

  #take(file) {
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
    const name = plainName(file.name);
    const picture = preview ? el("img", { src: preview, alt: "" }) : el("span.tray-icon", { "aria-hidden": "true" }, icon("file"));
    preview && picture.addEventListener("error", () => picture.replaceWith(el("span.tray-icon", {}, icon("file"))), { once: true });
    const kept = { file, preview };
    const remove = el("button.tray-remove", { type: "button", "aria-label": COMPOSER.remove(name), onclick: () => this.#remove(kept) }, icon("close"));
    const words = el("span.tray-words", {}, el("span.tray-name", { title: name }, name), el("span.tray-size", {}, fileSize(file.size)));
    kept.node = el("li.tray-item", {}, picture, words, remove);
    this.chosen.push(kept);
    this.node.append(kept.node);
  }

  #remove(kept) {
    const at = this.chosen.indexOf(kept);
    this.chosen.splice(at, 1);
    if (kept.preview) URL.revokeObjectURL(kept.preview);
    kept.node.remove();
    this.complain(null);
    this.#changed();
    (this.node.children[at] ?? this.node.lastElementChild)?.querySelector("button").focus();
  }

  #changed() {
    this.node.hidden = this.chosen.length === 0;
    this.onChange();
  }
}

function complaintAbout(file) {
  const name = plainName(file.name);
  if (file.size > LARGEST_BYTES) return COMPOSER.tooBig(name, fileSize(file.size));
  return file.size === 0 ? COMPOSER.empty(name) : null;
}

function renamed(file) {
  return new File([file], COMPOSER.pastedName(fileStamp(), file.name.split(".").pop()), { type: file.type });
}
