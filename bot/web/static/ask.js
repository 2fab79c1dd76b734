/** Asks a yes-or-no question before something that cannot be undone. */

import { el } from "./dom.js";

/** Resolves to true only when the person pressed `yes`. */
export function ask({ question, note, yes, no }) {
  return new Promise((resolve) => {
    const dialog = el(
      "dialog.ask",
      { "aria-label": question },
      el("h2", {}, question),
      el("p", {}, note),
      el("form.ask-buttons", { method: "dialog" }, el("button.quiet", { value: "no", autofocus: true }, no), el("button.danger", { value: "yes" }, yes)),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
