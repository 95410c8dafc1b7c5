/** A segment that has text and parameters, such as `{id}.json` or `v{version}`. */
export class SegmentPattern {
  readonly textLength: number;

  /** The texts before, between and after the parameters; each parameter stands for at least one character. */
  constructor(private readonly texts: readonly string[]) {
    this.textLength = texts.join("").length;
  }

  /** Each text is taken where it first fits: if a later place would do, so does the first, and none is tried twice. */
  matches(segment: string): boolean {
    const [first = "", ...between] = this.texts;
    const last = between.pop() ?? "";
    if (!segment.startsWith(first) || !segment.endsWith(last)) return false;
    const end = segment.length - last.length;
    let from = first.length;
    for (const text of between) {
      const place = segment.indexOf(text, from + 1);
      if (place < 0) return false;
      from = place + text.length;
    }
    return end > from;
  }
}
