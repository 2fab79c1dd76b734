/** Times and sizes as a Vietnamese reader expects them, always on Vietnam's clock. */

import { DAYS } from "./texts.js";

const ZONE = "Asia/Ho_Chi_Minh";
const CLOCK = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: ZONE });
const DAY_KEY = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: ZONE });
const WEEKDAY = new Intl.DateTimeFormat("vi-VN", { weekday: "long", timeZone: ZONE });
const DATE = new Intl.DateTimeFormat("vi-VN", { day: "numeric", month: "numeric", year: "numeric", timeZone: ZONE });
const DAY_MS = 86_400_000;

export function clockTime(date) {
  return CLOCK.format(date);
}

/** "2026-11-21": equal for two moments of the same day in Vietnam. */
export function dayKey(date) {
  return DAY_KEY.format(date);
}

/** "Hôm nay", "Hôm qua" or "Thứ Bảy, 21/11/2026". */
export function dayName(date, now = new Date()) {
  const key = dayKey(date);
  if (key === dayKey(now)) return DAYS.today;
  if (key === dayKey(new Date(now.getTime() - DAY_MS))) return DAYS.yesterday;
  return `${WEEKDAY.format(date)}, ${DATE.format(date)}`;
}

/** "0:07" from seconds. */
export function runningTime(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "1,4 MB" from bytes. */
export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} B`;
  const inKilobytes = bytes / 1024;
  if (inKilobytes < 1000) return `${Math.round(inKilobytes)} KB`;
  return `${(inKilobytes / 1024).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`;
}

/** "20261121-073000", for the name of a file made on this page. */
export function fileStamp(now = new Date()) {
  return `${dayKey(now)}-${CLOCK.format(now)}-${now.getSeconds()}`.replace(/[^0-9-]/g, "");
}
