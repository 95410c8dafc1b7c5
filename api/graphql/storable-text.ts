import { invalidInput } from "../errors.js";

/** PostgreSQL stores neither NUL nor half of a surrogate pair; the arguments are refused with the path that holds one. */
export function refuseUnstorableText(value: unknown, path = ""): void {
  if (typeof value === "string") {
    if (value.includes("\0") || !value.isWellFormed()) {
      throw invalidInput({ path, message: "must not contain NUL or unpaired surrogates" });
    }
  } else if (Array.isArray(value)) {
    value.forEach((each, index) => refuseUnstorableText(each, join(path, String(index))));
  } else if (value !== null && typeof value === "object") {
    for (const [key, each] of Object.entries(value)) {
      refuseUnstorableText(key, join(path, key));
      refuseUnstorableText(each, path === "" && key === "input" ? "" : join(path, key));
    }
  }
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
