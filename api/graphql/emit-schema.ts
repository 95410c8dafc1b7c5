import "reflect-metadata";
import { mkdir, writeFile } from "node:fs/promises";
import { lexicographicSortSchema, printSchema } from "graphql";
import { createSchema } from "./schema.js";

const directory = new URL("../../../schema/", import.meta.url);

await mkdir(directory, { recursive: true });
const text = printSchema(lexicographicSortSchema(createSchema()));
await writeFile(
  new URL("schema.graphql", directory),
  `# Made from the code by \`npm run generate\`. Not for editing.\n\n${text}\n`,
);
