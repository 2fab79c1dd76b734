/** Records a voice message: one tap begins, one sends, one throws it away. Absent where the browser cannot record. */

import { el, icon, iconButton } from "./dom.js";
import { VOICE } from "./texts.js";
import { fileStamp, runningTime } from "./times.js";

const LONGEST_S = 5 * 60;
const SHORTEST_MS = 600;
const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"];
const EXTENSIONS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };

export function canRecord() {
  return Boolean(window.MediaRecorder && navigator.mediaDevices?.getUserMedia);
}

export class Recorder {
  #stream = null;
  #recorder = null;
  #ticker = null;
  #began = 0;
  #kept = false;
  #asking = false;

  /** `onRecorded(file)` when it is to be sent, `onEnd()` in any case, `complain(sentence)` when there is no microphone. */
  constructor({ onBegin, onRecorded, onEnd, complain }) {
    Object.assign(this, { onBegin, onRecorded, onEnd, complain });
    this.time = el("span.recording-time", { role: "timer" }, "0:00");
    this.sendButton = el("button.round.send", { type: "button", "aria-label": VOICE.sendRecording, title: VOICE.sendRecording, onclick: () => this.#finish(true) }, icon("send"));
    this.node = el(
      "div.recording",
      { hidden: true, role: "group", "aria-label": VOICE.recording },
      iconButton(".discard", "trash", VOICE.discard, () => this.#finish(false)),
      el("span.recording-dot", { "aria-hidden": "true" }),
      el("span.recording-words", {}, VOICE.recording),
      this.time,
      this.sendButton,
    );
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.#finish(false));
  }

  async begin() {
    if (this.#recorder || this.#asking) return;
    this.#asking = true;
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (problem) {
      this.complain(problem.name === "NotFoundError" ? VOICE.noDevice : VOICE.noPermission);
      return;
    } finally {
      this.#asking = false;
    }
    this.#record();
  }

  #record() {
    const format = FORMATS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(this.#stream, format ? { mimeType: format } : {});
    const pieces = [];
    recorder.ondataavailable = ({ data }) => data.size && pieces.push(data);
    recorder.onstop = () => this.#done(pieces, recorder.mimeType || format || "audio/webm");
    this.#recorder = recorder;
    this.#began = Date.now();
    this.#kept = false;
    recorder.start(1000);
    this.#ticker = setInterval(() => this.#tick(), 250);
    this.node.hidden = false;
    this.#tick();
    this.onBegin();
    this.sendButton.focus();
  }

  #tick() {
    const seconds = (Date.now() - this.#began) / 1000;
    this.time.textContent = runningTime(seconds);
    if (seconds >= LONGEST_S) this.#finish(true);
  }

  #finish(keep) {
    if (!this.#recorder || this.#recorder.state === "inactive") return;
    this.#kept = keep && Date.now() - this.#began > SHORTEST_MS;
    this.#recorder.stop();
  }

  #done(pieces, format) {
    clearInterval(this.#ticker);
    this.#stream.getTracks().forEach((track) => track.stop());
    this.#recorder = null;
    this.node.hidden = true;
    this.onEnd();
    if (!this.#kept || !pieces.length) return;
    const mime = format.split(";")[0];
    this.onRecorded(new File(pieces, VOICE.fileName(fileStamp(), EXTENSIONS[mime] ?? "webm"), { type: mime }));
  }
}

/** The microphone button, or null where recording is not possible. */
export function recordButton(onclick) {
  return canRecord() ? iconButton(".mic", "mic", VOICE.record, onclick) : null;
}
