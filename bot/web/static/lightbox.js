/** Shows a picture large, over the page; Escape or a tap beside it closes, arrow keys turn to the next one. */

import { el, iconButton, icon } from "./dom.js";
import { plainName } from "./richtext.js";
import { FILES } from "./texts.js";

let parts = null;
let shown = { pictures: [], index: 0 };

export function openLightbox(pictures, index) {
  parts ??= build();
  shown = { pictures, index };
  show();
  if (!parts.dialog.open) parts.dialog.showModal();
}

function show() {
  const { pictures, index } = shown;
  const picture = pictures[index];
  const name = picture.alt || plainName(picture.name) || FILES.picture;
  parts.image.src = picture.url;
  parts.image.alt = name;
  parts.dialog.classList.remove("zoomed");
  parts.caption.textContent = pictures.length > 1 ? `${FILES.position(index + 1, pictures.length)} · ${name}` : name;
  parts.original.href = picture.url;
  parts.previous.hidden = index === 0;
  parts.next.hidden = index === pictures.length - 1;
}

function turn(step) {
  const index = shown.index + step;
  if (index < 0 || index >= shown.pictures.length) return;
  shown.index = index;
  show();
}

function build() {
  const close = () => dialog.close();
  const image = el("img.lightbox-image", { alt: "", onclick: () => dialog.classList.toggle("zoomed") });
  const caption = el("p.lightbox-caption", { "aria-live": "polite" });
  const original = el("a.round.lightbox-original", { target: "_blank", rel: "noopener", "aria-label": FILES.original, title: FILES.original }, icon("outside"));
  const previous = iconButton(".lightbox-previous", "left", FILES.previous, () => turn(-1));
  const next = iconButton(".lightbox-next", "right", FILES.next, () => turn(1));
  const stage = el("div.lightbox-stage", { onclick: (event) => event.target === stage && close() }, image);
  const top = el("div.lightbox-top", {}, caption, original, iconButton(".lightbox-close", "close", FILES.close, close));
  const dialog = el("dialog.lightbox", { "aria-label": FILES.viewer }, top, stage, previous, next);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
  dialog.addEventListener("close", () => image.removeAttribute("src"));
  document.body.append(dialog);
  return { dialog, image, caption, original, previous, next };
}
