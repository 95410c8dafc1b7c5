const ELLIPSIS = "…";

/** One line of at most `max` characters. What no line of text can hold becomes a space. */
export function line(text: string, max: number): string {
  return cut(
    text
      .toWellFormed()
      .replace(/[\p{Cc}\s]+/gu, " ")
      .trim(),
    max,
  );
}

/** Lines of at most `max` characters together. */
export function prose(text: string, max: number): string {
  return cut(
    text
      .toWellFormed()
      .replace(/(?![\n\r\t])\p{Cc}/gu, " ")
      .trim(),
    max,
  );
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Not between the halves of a surrogate pair.
  return text.slice(0, max - ELLIPSIS.length).replace(/[\ud800-\udbff]$/, "") + ELLIPSIS;
}
