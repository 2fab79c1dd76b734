/** Small builders for page elements; everything a person wrote goes in as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";
const SPRITE = new URL("./icons.svg", import.meta.url).href;

/**
 * Builds an element: el("button.send", { type: "button", "aria-label": "Gửi", onclick: send }, icon("send")).
 * Functions become listeners (name without "on"), true becomes an empty attribute, null and false are left out.
 */
export function el(spec, attributes = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A picture from icons.svg; decoration only, so the control around it needs its own label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

/** A round button with a picture and a name for those who cannot see it. */
export function iconButton(spec, name, label, onclick) {
  return el(`button.round${spec}`, { type: "button", "aria-label": label, title: label, onclick }, icon(name));
}

/** Words only a screen reader speaks. */
export function spoken(text) {
  return el("span.spoken", {}, text);
}

/** A new identity for a message; also where the page is not on a secure address. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** True on phones and tablets, where Enter should make a new line and the keyboard should not open by itself. */
export function isTouch() {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}
