/** Markup that is safe as it stands: whatever was put into it has been escaped. */
export class Html {
  constructor(readonly text: string) {}
}

export type HtmlPart = Html | string | null | readonly HtmlPart[];

/** A template whose parts are escaped, unless they are markup themselves; null leaves nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const rest = parts.map((part, index) => markupOf(part) + (strings[index + 1] ?? ""));
  return new Html((strings[0] ?? "") + rest.join(""));
}

function markupOf(part: HtmlPart): string {
  if (part === null) return "";
  if (typeof part === "string") return part.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
  return part instanceof Html ? part.text : part.map(markupOf).join("");
}

/** Enough for text and for values between quotes, the only places where parts stand. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
