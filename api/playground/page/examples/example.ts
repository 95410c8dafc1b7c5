/**
 * The operations the playground offers. `{{name}}` in a variable is filled when the example is opened:
 * with a result remembered from an earlier example, or with one of the values made by `fill-in.ts`.
 */
export interface Example {
  readonly title: string;
  /** The place in the five-minute path. */
  readonly step?: number;
  readonly explains: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Name for later examples -> where the answer's data holds the value. */
  readonly remembers?: Readonly<Record<string, string>>;
}

export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly Example[];
}
