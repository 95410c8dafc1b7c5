import { GraphQLError } from "graphql";
import type { FieldProblem } from "../errors.js";

/**
 * The place and the reason of a variable that graphql-js could not read; undefined for any other error. Its own message
 * quotes the whole value, so that one misspelt field beside a password would put the password into answer and log.
 */
export function variableProblem({ message, originalError }: GraphQLError): FieldProblem | undefined {
  if (!(originalError instanceof GraphQLError) || !message.includes(" got invalid value ")) return undefined;
  const beforeReason = message.slice(0, message.lastIndexOf(`; ${originalError.message}`));
  const [, name = "", place = name] = /^Variable "\$(\w+)".*?(?: at "([^"]+)")?$/s.exec(beforeReason) ?? [];
  return { path: place.replace(/^input\./, ""), message: originalError.message.replace(/ value: .*$/s, " value.") };
}
