import { decodeText, encodeText } from "../conditions/path-text.js";

/** Unreserved characters, sub-delimiters but "*" and ";", ":" and "@", and percent-encoding (RFC 3986 section 3.3). */
const LITERAL = /^(?:[A-Za-z0-9\-._~!$&'()+,=:@]|%[0-9A-Fa-f]{2})*$/;
const PARAMETER_NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;

type Read = { readonly shape: string } | { readonly problem: string };

/** What is wrong with a path template such as `/orders/{id}`, if anything. */
export function templateProblem(template: string): string | undefined {
  const read = readTemplate(template);
  return "problem" in read ? read.problem : undefined;
}

/**
 * The template in one spelling and without its parameter names: two of one shape would answer the same calls. The
 * matcher of calls is made from shapes, so that it agrees with what the database holds for unique.
 */
export function templateShape(template: string): string {
  const read = readTemplate(template);
  return "shape" in read ? read.shape : template;
}

function readTemplate(template: string): Read {
  if (!template.startsWith("/")) return { problem: "must start with /" };
  if (/[?#]/.test(template)) return { problem: "must have no query and no fragment" };
  const names = new Set<string>();
  const shapes: string[] = [];
  for (const segment of template.slice(1).split("/")) {
    if (shapes.at(-1) === "") return { problem: "must have no empty segment but the last" };
    const read = readSegment(segment, names);
    if ("problem" in read) return read;
    shapes.push(read.shape);
  }
  return { shape: `/${shapes.join("/")}` };
}

function readSegment(segment: string, names: Set<string>): Read {
  // Plain text and parameter names take turns.
  const parts = segment.split(/\{([^{}]*)\}/);
  const shapes: string[] = [];
  for (const [index, part] of parts.entries()) {
    const read = index % 2 === 0 ? readLiteral(part) : readParameter(part, names);
    if ("problem" in read) return read;
    if (index % 2 === 0 && part === "" && index > 0 && index < parts.length - 1) {
      return { problem: `needs text between two parameters: ${segment}` };
    }
    shapes.push(read.shape);
  }
  const shape = shapes.join("");
  return shape === "." || shape === ".." ? { problem: 'must have no "." or ".." segment' } : { shape };
}

function readLiteral(literal: string): Read {
  if (!LITERAL.test(literal)) {
    return { problem: `has a segment that is neither plain text nor parameters such as {id}: ${literal}` };
  }
  const text = decodeText(literal);
  return text === undefined
    ? { problem: `has an encoded character that servers read in different ways: ${literal}` }
    : { shape: encodeText(text) };
}

function readParameter(name: string, names: Set<string>): Read {
  if (!PARAMETER_NAME.test(name)) return { problem: `has a parameter with a name that is none: {${name}}` };
  if (names.has(name)) return { problem: `must not repeat the parameter {${name}}` };
  names.add(name);
  return { shape: "{}" };
}
