/** A file in a message that is shown as a card to download. */

import { el, icon } from "./dom.js";
import { plainName } from "./richtext.js";
import { FILES } from "./texts.js";
import { fileSize } from "./times.js";

/** The card; `note` says why it is not shown in place. */
export function documentCard(file, note = null) {
  const name = plainName(file.name);
  const size = fileSize(file.size);
  const extension = /\.([\p{L}\d]{1,5})$/u.exec(name)?.[1] ?? "";
  return el(
    "a.document",
    { href: file.url, download: name, target: "_blank", rel: "noopener", "aria-label": FILES.download(name, size) },
    el("span.document-icon", { "aria-hidden": "true" }, icon("file"), el("span", {}, extension.toUpperCase())),
    el("span.document-words", {}, el("span.document-name", {}, name), el("span.document-size", {}, note ? `${note} · ${size}` : size)),
  );
}
