/** Shows the files of a message: pictures that can be enlarged, voice, video, and documents to download. */

import { documentCard } from "./document_card.js";
import { el } from "./dom.js";
import { openLightbox } from "./lightbox.js";
import { plainName } from "./richtext.js";
import { FILES } from "./texts.js";
import { voicePlayer } from "./voice_player.js";

/** The nodes for a message's files; pictures together first. */
export function attachmentNodes(files) {
  const pictures = files.filter((file) => file.kind === "picture");
  const others = files.filter((file) => file.kind !== "picture");
  const nodes = others.map(otherNode);
  if (pictures.length) nodes.unshift(pictureGrid(pictures));
  return nodes;
}

/** What the server would call a file that this page is about to send. */
export function describeLocal(file) {
  return { url: URL.createObjectURL(file), name: file.name, mime: file.type, size: file.size, kind: kindOf(file.type), alt: "" };
}

function kindOf(mime) {
  if (/^image\/(?:png|jpe?g|gif|webp|avif|bmp)$/.test(mime)) return "picture";
  if (mime.startsWith("audio/")) return "voice";
  return mime.startsWith("video/") ? "video" : "document";
}

function pictureGrid(pictures) {
  const grid = el(`div.pictures.count-${Math.min(pictures.length, 4)}`);
  pictures.forEach((picture, index) => grid.append(pictureButton(pictures, picture, index)));
  return grid;
}

function pictureButton(pictures, picture, index) {
  const name = picture.alt || plainName(picture.name) || FILES.picture;
  const image = el("img", { src: picture.url, alt: "", decoding: "async", draggable: "false" });
  const button = el("button.picture.waiting", { type: "button", "aria-label": FILES.enlarge(name), onclick: () => openLightbox(pictures, index) }, image);
  image.addEventListener("load", () => button.classList.remove("waiting"));
  image.addEventListener("error", () => button.replaceWith(documentCard(picture, FILES.broken)), { once: true });
  return button;
}

function otherNode(file) {
  if (file.kind === "voice") return voicePlayer(file);
  if (file.kind === "video") return el("video.video", { src: file.url, controls: true, preload: "metadata", playsinline: true, "aria-label": plainName(file.name) });
  return documentCard(file);
}
