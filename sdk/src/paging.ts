import type { CallOptions } from "./options.js";

/** Which page of a list. Forwards with `first` and `after`, or backwards with `last` and `before`. */
export interface PageArguments {
  /** How many from the start: 0 to 100, default 20. */
  readonly first?: number | null | undefined;
  /** The `endCursor` of the page before. */
  readonly after?: string | null | undefined;
  /** How many from the end: 0 to 100. Not together with `first`. */
  readonly last?: number | null | undefined;
  /** The `startCursor` of the page after. */
  readonly before?: string | null | undefined;
}

/** Where a page lies in its list. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** One page of a list. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  /** How many there are on all pages. */
  readonly totalCount: number;
  readonly pageInfo: PageInfo;
}

/** What a list takes when every page of it is wanted. */
export type WithoutPage<Arguments> = Omit<Arguments, keyof PageArguments>;

interface Connection<Node> extends Omit<Page<Node>, "nodes"> {
  readonly edges: readonly { readonly node: Node }[];
}

export function pageOf<Node>({ edges, totalCount, pageInfo }: Connection<Node>): Page<Node> {
  return { nodes: edges.map(({ node }) => node), totalCount, pageInfo };
}

const PAGE_SIZE_MAX = 100;

/** Reads page after page as they are asked for. What is created meanwhile may or may not be met; nothing comes twice. */
export async function* everyNode<Node, Arguments>(
  list: (page: Arguments & PageArguments, options?: CallOptions) => Promise<Page<Node>>,
  rest: Arguments,
  options?: CallOptions,
): AsyncGenerator<Node, void, undefined> {
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Page<Node> = await list({ ...rest, first: PAGE_SIZE_MAX, after }, options);
    yield* nodes;
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage || after === null) return;
  }
}
