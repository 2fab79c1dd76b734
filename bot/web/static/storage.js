/** Keeps small things on this device (the conversation's key, a draft). Where the browser forbids that, as in some embedded frames, keeps them until the page closes. */

const memory = new Map();

/** Keeps a value that JSON can hold. */
export function remember(key, value) {
  const kept = JSON.stringify(value);
  try {
    localStorage.setItem(key, kept);
    memory.delete(key);
  } catch {
    memory.set(key, kept);
  }
}

/** Gives back what was kept, or null. */
export function recall(key) {
  let kept = memory.get(key) ?? null;
  try {
    kept = kept ?? localStorage.getItem(key);
    return kept === null ? null : JSON.parse(kept);
  } catch {
    return kept === null ? null : safeParse(kept);
  }
}

export function forget(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    return;
  }
}

function safeParse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
