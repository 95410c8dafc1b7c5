import {
  coerceInputValue,
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  isInputType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
} from "graphql";
import { type FieldProblem, invalidInput } from "../errors.js";

/**
 * Refuses variables that do not fit their types, naming each field. graphql-js would do it too, with a message that
 * quotes the whole value, and with it the password beside the field that was wrong.
 */
export function refuseUnfitVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  variables: Readonly<Record<string, unknown>>,
): void {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const [first, ...rest] = definitions.flatMap((definition) => problemsOf(schema, definition, variables));
  if (first) throw invalidInput(first, ...rest);
}

function problemsOf(
  schema: GraphQLSchema,
  { variable, type: typeNode, defaultValue }: VariableDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): FieldProblem[] {
  const name = variable.name.value;
  const type = typeFromAST(schema, typeNode);
  if (!isInputType(type)) return [];
  if (variables[name] === undefined) {
    return isNonNullType(type) && !defaultValue ? [{ path: name, message: "is required" }] : [];
  }
  const problems: FieldProblem[] = [];
  coerceInputValue(variables[name], type, (path, _value, { message }) => {
    // Paths are relative to the one argument that mutations have.
    problems.push(explain(name === "input" ? path : [name, ...path], name, message));
  });
  return problems;
}

/** Says in our words what graphql-js and the scalars say, without the value that they quote. */
function explain(path: readonly (string | number)[], variable: string, message: string): FieldProblem {
  const [, missing] = /^Field "(\w+)" of required type/.exec(message) ?? [];
  if (missing !== undefined) return { path: [...path, missing].join("."), message: "is required" };
  const [, unknown] = /^Field "(\w+)" is not defined/.exec(message) ?? [];
  if (unknown !== undefined) return { path: [...path, unknown].join("."), message: "is not a known field" };
  return { path: path.join(".") || variable, message: withoutValue(message) };
}

function withoutValue(message: string): string {
  if (message.startsWith("Expected non-nullable type")) return "must not be null";
  const [, enumeration] = /^(?:Value ".*" does not exist in|Enum) "(\w+)"/su.exec(message) ?? [];
  if (enumeration !== undefined) return `must be a value of ${enumeration}`;
  const [, scalar] = /^(\w+) cannot represent/.exec(message) ?? [];
  if (scalar !== undefined) return `must be a valid ${scalar}`;
  return message.startsWith("must ") ? message : "is not of the type that is expected here";
}
