import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface CodeBlock {
  readonly heading: string;
  readonly language: string;
  readonly code: string;
}

/** The fenced blocks of a Markdown file, each with the heading that it stands under. */
export async function codeBlocksOf(file: string): Promise<readonly CodeBlock[]> {
  const text = await readFile(join(root, file), "utf8");
  const blocks: CodeBlock[] = [];
  let heading = "";
  for (const [, title, language = "", code = ""] of text.matchAll(/^#+ (.+)$|^```(\w*)\n([\s\S]*?)^```$/gm)) {
    if (title === undefined) blocks.push({ heading, language, code });
    else heading = title;
  }
  return blocks;
}
