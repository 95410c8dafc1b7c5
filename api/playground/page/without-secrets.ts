const SECRET_TEXT = /([a-z0-9]+_(?:key|at|rt|ss|gw)_[0-9A-Za-z]{12})[0-9A-Za-z]{38}/g;
const WEBHOOK_SECRET = /\bwhsec_[A-Za-z0-9+/]{24,}=*/g;
const SECRET_FIELD = /password|secret/i;
const SECRET_LITERAL = /(\w*(?:password|secret)\w*"?\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/**
 * Takes credentials and passwords out of a text that is about to be stored. The editor stores JSON within JSON
 * (tabs that hold variables), so a string that is JSON itself is cleaned from the inside.
 */
export function withoutSecrets(text: string): string {
  const parsed = parseObject(text);
  if (parsed) return JSON.stringify(parsed, cleanField, text.includes("\n") ? 2 : undefined);
  return text.replace(SECRET_TEXT, "$1…").replace(WEBHOOK_SECRET, "whsec_…").replace(SECRET_LITERAL, '$1""');
}

function cleanField(name: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return SECRET_FIELD.test(name) ? "" : withoutSecrets(value);
}

function parseObject(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** The browser's storage for the editor's tabs and history, with every secret left out. */
export function storageWithoutSecrets(storage: Storage): Storage {
  return {
    get length() {
      return storage.length;
    },
    key: (index) => storage.key(index),
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => storage.setItem(key, withoutSecrets(value)),
    removeItem: (key) => storage.removeItem(key),
    clear: () => storage.clear(),
  };
}
