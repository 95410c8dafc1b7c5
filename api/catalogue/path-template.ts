/** Unreserved characters, sub-delimiters, ":" and "@" (RFC 3986 section 3.3), without percent-encoding. */
const LITERAL = /^[A-Za-z0-9\-._~!$&'()+,;=:@]+$/;
const PARAMETER = /^\{[A-Za-z_][A-Za-z0-9_]{0,49}\}$/;

/** What is wrong with a path template such as `/orders/{id}`, if anything. */
export function templateProblem(template: string): string | undefined {
  if (!template.startsWith("/")) return "must start with /";
  if (template === "/") return undefined;
  const names = new Set<string>();
  for (const segment of template.slice(1).split("/")) {
    if (segment === "" || segment === "." || segment === "..") return 'must have no empty, "." or ".." segment';
    if (segment.startsWith("{")) {
      if (!PARAMETER.test(segment)) return `has a segment that is no parameter such as {id}: ${segment}`;
      if (names.has(segment)) return `must not repeat the parameter ${segment}`;
      names.add(segment);
    } else if (!LITERAL.test(segment)) {
      return `has a segment that is neither plain text nor a whole parameter such as {id}: ${segment}`;
    }
  }
  return undefined;
}

/** The template without its parameter names: two of one shape would answer the same calls. */
export function templateShape(template: string): string {
  return template.replace(/\{[^}]*\}/g, "{}");
}
