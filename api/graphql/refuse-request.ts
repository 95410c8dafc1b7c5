import { type DocumentNode, visit } from "graphql";
import { ApiError, invalidInput } from "../errors.js";

/** Refuses what no operation could store or compare faithfully, in the variables and in the document itself. */
export function refuseUnstorableValues(variables: unknown, document: DocumentNode): void {
  refuseUnstorable(variables, "");
  visit(document, {
    StringValue: ({ value }) => refuseUnstorable(value, ""),
    IntValue: ({ value }) => refuseUnstorable(Number(value), ""),
    FloatValue: ({ value }) => refuseUnstorable(Number(value), ""),
  });
}

/** The schema is shown to whoever has signed in, unless the deployment shows it to everybody. */
export function refuseIntrospection(document: DocumentNode): void {
  visit(document, {
    Field: ({ name }) => {
      if (name.value === "__schema" || name.value === "__type") {
        throw new ApiError("UNAUTHENTICATED", "Sign in to introspect the schema.");
      }
    },
  });
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair; JSON has no number beyond the largest double. */
function refuseUnstorable(value: unknown, path: string): void {
  if (typeof value === "string") {
    if (value.includes("\0") || !value.isWellFormed()) refuse(path, "must not contain NUL or unpaired surrogates");
  } else if (typeof value === "number") {
    if (!Number.isFinite(value)) refuse(path, "is a number too large to be kept");
  } else if (Array.isArray(value)) {
    value.forEach((each, index) => refuseUnstorable(each, join(path, String(index))));
  } else if (value !== null && typeof value === "object") {
    for (const [key, each] of Object.entries(value)) {
      refuseUnstorable(key, join(path, "a name"));
      refuseUnstorable(each, path === "" && key === "input" ? "" : join(path, key));
    }
  }
}

function refuse(path: string, message: string): never {
  throw invalidInput({ path: path === "" ? "document" : path, message });
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
