import { type CodeSample, SampleLanguage } from "./code-sample.types.js";
import type { SampleCall } from "./sample-call.js";

const WRITERS: readonly (readonly [SampleLanguage, (call: SampleCall, keyHeader: string) => string])[] = [
  [SampleLanguage.CURL, writeCurl],
  [SampleLanguage.PYTHON, writePython],
  [SampleLanguage.NODE, writeNode],
];

/** One call in every language, with the key in the header that it is read from. */
export function writeSamples(call: SampleCall, keyHeader: string): CodeSample[] {
  return WRITERS.map(([language, write]) => ({ language, title: call.title, code: write(call, keyHeader) }));
}

function writeCurl({ method, url, headers, body }: SampleCall, keyHeader: string): string {
  // Braces in a URL are a pattern to curl, unless it is told otherwise.
  return [
    `curl --globoff --request ${quoted(method)} ${quoted(url)}`,
    `  --header "${keyHeader}: $API_KEY"`,
    ...Object.entries(headers).map(([name, value]) => `  --header ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`  --data ${quoted(body)}`]),
  ].join(" \\\n");
}

function writePython({ method, url, headers, body }: SampleCall, keyHeader: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `        ${literal(name)}: ${literal(value)},`);
  return [
    "import os",
    "",
    "import requests",
    "",
    "response = requests.request(",
    `    ${literal(method)},`,
    `    ${literal(url)},`,
    "    headers={",
    `        ${literal(keyHeader)}: os.environ["API_KEY"],`,
    ...lines,
    "    },",
    ...(body === null ? [] : [`    data=${literal(body)},`]),
    "    timeout=10,",
    ")",
    "print(response.status_code, response.text)",
  ].join("\n");
}

function writeNode({ method, url, headers, body }: SampleCall, keyHeader: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `    ${literal(name)}: ${literal(value)},`);
  return [
    `const response = await fetch(${literal(url)}, {`,
    `  method: ${literal(method)},`,
    "  headers: {",
    `    ${literal(keyHeader)}: process.env.API_KEY,`,
    ...lines,
    "  },",
    ...(body === null ? [] : [`  body: ${literal(body)},`]),
    "  signal: AbortSignal.timeout(10_000),",
    "});",
    "console.log(response.status, await response.text());",
  ].join("\n");
}

/** For a POSIX shell: within single quotes nothing means anything but their end. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** JSON's strings are literals of both languages. */
function literal(text: string): string {
  return JSON.stringify(text);
}
