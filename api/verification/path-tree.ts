import { SegmentPattern } from "./segment-pattern.js";

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  /** By their segment's shape, the one with the most text first. */
  readonly patterns: { readonly shape: string; readonly pattern: SegmentPattern; readonly node: Node<T> }[];
  parameter: Node<T> | undefined;
  readonly values: Map<string, T>;
}

/**
 * Finds the template that answers a method and path. In each segment plain text goes before text with parameters, and
 * that before a whole parameter; where this leads nowhere, the next is tried. A node is visited at most once in a search,
 * so that a search costs no more than the templates that share the call's beginning, whatever the call looks like.
 */
export class PathTree<T> {
  private readonly root: Node<T> = newNode();

  /** `shape` is a template in its normal form, with `{}` for each parameter. */
  add(method: string, shape: string, value: T): void {
    let node = this.root;
    for (const segment of shape.slice(1).split("/")) node = childOf(node, segment);
    node.values.set(method, value);
  }

  find(method: string, segments: readonly string[]): T | undefined {
    return search(this.root, method, segments, 0);
  }
}

function newNode<T>(): Node<T> {
  return { literals: new Map(), patterns: [], parameter: undefined, values: new Map() };
}

function childOf<T>(node: Node<T>, segment: string): Node<T> {
  if (segment === "{}") {
    node.parameter ??= newNode();
    return node.parameter;
  }
  const texts = segment.split("{}").map(decodeURIComponent);
  const [literal = "", ...others] = texts;
  if (others.length === 0) return getOrMake(node.literals, literal);

  const known = node.patterns.find(({ shape }) => shape === segment);
  if (known) return known.node;
  const made = { shape: segment, pattern: new SegmentPattern(texts), node: newNode<T>() };
  node.patterns.push(made);
  node.patterns.sort((a, b) => b.pattern.textLength - a.pattern.textLength || (a.shape < b.shape ? -1 : 1));
  return made.node;
}

function getOrMake<T>(nodes: Map<string, Node<T>>, text: string): Node<T> {
  const known = nodes.get(text);
  if (known) return known;
  const made = newNode<T>();
  nodes.set(text, made);
  return made;
}

function search<T>(node: Node<T>, method: string, segments: readonly string[], depth: number): T | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.values.get(method);

  const literal = node.literals.get(segment);
  const byLiteral = literal && search(literal, method, segments, depth + 1);
  if (byLiteral !== undefined) return byLiteral;
  for (const { pattern, node: next } of node.patterns) {
    const byPattern = pattern.matches(segment) ? search(next, method, segments, depth + 1) : undefined;
    if (byPattern !== undefined) return byPattern;
  }
  // The empty segment after a trailing slash is no value of a parameter.
  return node.parameter && segment !== "" ? search(node.parameter, method, segments, depth + 1) : undefined;
}
