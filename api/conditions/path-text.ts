/**
 * The segments of a call's path, percent-encoding undone once; a trailing slash makes an empty last one. Undefined for a
 * path that servers read in different ways (empty, "." and ".." segments, an encoded slash, a backslash, a semicolon,
 * which some take for the start of parameters to drop, control characters, half a surrogate pair, broken encoding): it
 * matches nothing, so that no trick of spelling reaches an API past its groups. Upper and lower case differ.
 */
export function readSegments(path: string): string[] | undefined {
  if (!path.startsWith("/")) return undefined;
  const segments = path.slice(1).split("/");
  const last = segments.length - 1;
  for (let place = 0; place <= last; place++) {
    const text = decodeText(segments[place] as string);
    // Only the last may be empty.
    if (text === undefined || text === "." || text === ".." || (text === "" && place < last)) return undefined;
    segments[place] = text;
  }
  return segments;
}

const PLAIN = /^[A-Za-z0-9._~-]*$/;

/** What a part of a segment stands for, or undefined where servers would not agree. */
export function decodeText(encoded: string): string | undefined {
  if (PLAIN.test(encoded)) return encoded;
  const text = decode(encoded);
  return text === undefined || /[/\\;\p{Cc}\p{Cs}]/u.test(text) ? undefined : text;
}

/** One spelling for each text. Braces, which mark parameters in templates, are encoded in it. */
export function encodeText(text: string): string {
  return encodeURIComponent(text).replace(/%(?:24|26|2B|2C|3A|3D|40)/g, decodeURIComponent);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
