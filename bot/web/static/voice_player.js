/** A small player for voice messages: play, pause, and a bar to move along. */

import { documentCard } from "./document_card.js";
import { el, icon } from "./dom.js";
import { VOICE } from "./texts.js";
import { runningTime } from "./times.js";

let playing = null;

export function voicePlayer(file) {
  const audio = el("audio", { src: file.url, preload: "metadata" });
  const button = el("button.voice-play", { type: "button", "aria-label": VOICE.play, onclick: () => toggle(audio) }, icon("play"));
  const bar = el("input.voice-bar", { type: "range", min: 0, max: 1000, value: 0, step: 1, "aria-label": VOICE.position });
  const time = el("span.voice-time", {}, "0:00");
  const node = el("div.voice", {}, button, bar, time, audio);
  wire({ audio, button, bar, time });
  audio.addEventListener("error", () => node.replaceWith(documentCard(file, VOICE.cannotPlay)), { once: true });
  return node;
}

function toggle(audio) {
  if (!audio.paused) {
    audio.pause();
    return;
  }
  playing?.pause();
  playing = audio;
  audio.play().catch(() => audio.pause());
}

function wire({ audio, button, bar, time }) {
  const show = () => {
    const known = Number.isFinite(audio.duration) && audio.duration > 0;
    const at = known ? audio.currentTime / audio.duration : 0;
    bar.value = Math.round(1000 * at);
    bar.style.setProperty("--played", `${100 * at}%`);
    time.textContent = runningTime(audio.paused && audio.currentTime === 0 && known ? audio.duration : audio.currentTime);
    bar.setAttribute("aria-valuetext", runningTime(audio.currentTime));
  };
  const face = () => {
    button.replaceChildren(icon(audio.paused ? "play" : "pause"));
    button.setAttribute("aria-label", audio.paused ? VOICE.play : VOICE.pause);
  };
  audio.addEventListener("timeupdate", show);
  audio.addEventListener("durationchange", show);
  audio.addEventListener("loadedmetadata", () => findLength(audio), { once: true });
  ["play", "pause", "ended"].forEach((event) => audio.addEventListener(event, face));
  audio.addEventListener("ended", () => {
    audio.currentTime = 0;
  });
  bar.addEventListener("input", () => {
    if (Number.isFinite(audio.duration)) audio.currentTime = (bar.value / 1000) * audio.duration;
  });
}

/** Recordings made in a browser do not state their length; a jump past the end makes the browser count it. */
function findLength(audio) {
  if (audio.duration !== Infinity) return;
  audio.addEventListener(
    "durationchange",
    () => {
      audio.currentTime = 0;
    },
    { once: true },
  );
  audio.currentTime = 1e8;
}
