import { type Document, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { DocumentProblem } from "./read-document.js";
import { refuseMultiplied } from "./refuse-multiplied.js";

/** The tree of a JSON or YAML document. */
export function parseOpenApi(text: string): unknown {
  const bare = text.replace(/^\ufeff/, "");
  if (bare.trim() === "") throw new DocumentProblem("is empty");
  return /^\s*\{/.test(bare) ? parseJson(bare) : parseYaml(bare);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // YAML may begin like JSON; if it is neither, the error of what it looks like is the one that helps.
    try {
      return parseYaml(text);
    } catch {
      throw new DocumentProblem(`is no valid JSON: ${messageOf(error)}`);
    }
  }
}

function parseYaml(text: string): unknown {
  try {
    const lines = new LineCounter();
    // The library's own check for repeated keys compares each with each: minutes for a map of 60,000.
    const document = parseDocument(text, { uniqueKeys: false, merge: true, logLevel: "error", lineCounter: lines });
    const [problem] = document.errors;
    if (problem) throw new DocumentProblem(faultOf(problem.message));
    refuseRepeatedKeys(document, lines);
    // The library refuses many aliases of one small thing as well. It copies none of them.
    const tree: unknown = document.toJS({ maxAliasCount: -1 });
    refuseMultiplied(tree);
    return tree;
  } catch (error) {
    if (error instanceof DocumentProblem) throw error;
    if (error instanceof RangeError) throw new DocumentProblem("is nested too deeply");
    throw new DocumentProblem(faultOf(messageOf(error)));
  }
}

function refuseRepeatedKeys(document: Document, lines: LineCounter): void {
  visit(document, {
    Map: (_, map) => {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          const { line, col } = lines.linePos(key.range?.[0] ?? 0);
          throw new DocumentProblem(`is no valid YAML: a key is not unique at line ${line}, column ${col}`);
        }
        keys.add(key.value);
      }
    },
  });
}

function faultOf(message: string): string {
  const [first = ""] = message.split("\n", 1);
  return first.includes("call stack") ? "is nested too deeply" : `is no valid YAML: ${first.replace(/:$/, "")}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
