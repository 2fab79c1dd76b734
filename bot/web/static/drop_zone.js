/** Lets files be dropped anywhere on a conversation. */

import { el, icon } from "./dom.js";
import { COMPOSER } from "./texts.js";

/** `onFiles(dataTransfer)` is called with what was dropped on `node`. */
export function dropZone(node, onFiles) {
  const sign = el("div.drop-sign", { "aria-hidden": "true", hidden: true }, icon("attach"), el("span", {}, COMPOSER.drop));
  node.append(sign);
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  node.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    sign.hidden = false;
  });
  node.addEventListener("dragleave", (event) => {
    if (!node.contains(event.relatedTarget)) sign.hidden = true;
  });
  node.addEventListener("drop", (event) => {
    sign.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    onFiles(event.dataTransfer);
  });
}
