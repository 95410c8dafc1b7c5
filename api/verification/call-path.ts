/**
 * Brings the path of a call into one form: query and fragment cut, percent-encoding undone once and made anew.
 * Undefined for a path that servers read in different ways (empty, "." and ".." segments, an encoded slash, a backslash,
 * control characters, half a surrogate pair, broken encoding): it matches nothing, so that no trick of spelling reaches an API past its groups.
 * A trailing slash is an empty segment; upper and lower case differ.
 */
export function normalisePath(path: string): string | undefined {
  const [bare = ""] = path.split(/[?#]/, 1);
  if (bare === "/") return bare;
  if (!bare.startsWith("/") || bare.includes("\\")) return undefined;
  const segments = bare.slice(1).split("/").map(normaliseSegment);
  return segments.includes(undefined) ? undefined : `/${segments.join("/")}`;
}

function normaliseSegment(segment: string): string | undefined {
  const text = decode(segment);
  if (text === undefined || text === "" || text === "." || text === "..") return undefined;
  if (/[/\\\p{Cc}\p{Cs}]/u.test(text)) return undefined;
  return encodeURIComponent(text).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
