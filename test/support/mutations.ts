import { expect } from "expect";
import { type GraphqlAnswer, refusalIn } from "./graphql.js";
import { seedUser } from "./seed.js";
import type { World } from "./world.js";

/** One mutation, sent as an integrator without the SDK would send it. */
export interface Mutation {
  (input: object, credential?: string | null): Promise<GraphqlAnswer>;
  readonly field: string;
}

export function mutationOf(world: World, field: string, type: string, selection: string): Mutation {
  const document = `mutation ($input: ${type}!) { ${field}(input: $input) ${selection} }`;
  const send = (input: object, credential?: string | null) =>
    credential === undefined ? world.graphql(document, { input }) : world.graphql(document, { input }, credential);
  return Object.assign(send, { field });
}

/** INVALID_INPUT that names this field, and says something about it. */
export function expectInvalid(answer: GraphqlAnswer, path: string): void {
  const { code, fields } = refusalIn(answer);
  expect({ code, paths: fields?.map((field) => field.path) }).toEqual({ code: "INVALID_INPUT", paths: [path] });
  expect(fields?.[0]?.message).toMatch(/\w/);
}

export function expectConflict(answer: GraphqlAnswer, path: string): void {
  expect(refusalIn(answer)).toMatchObject({
    code: "CONFLICT",
    fields: [{ path, message: expect.stringMatching(/\w/) }],
  });
}

/** What is absent and what is out of reach are told by one answer. */
export function expectNotFound(...answers: readonly GraphqlAnswer[]): void {
  for (const answer of answers) {
    expect(refusalIn(answer).code).toBe("NOT_FOUND");
    expect(answer.errors[0]?.message).toBe(answers[0]?.errors[0]?.message);
  }
}

/** Anonymous callers and these roles are kept out, whatever they send. */
export async function expectKeptOut(
  world: World,
  mutation: Mutation,
  input: object,
  roles: readonly Parameters<typeof seedUser>[1][],
): Promise<void> {
  expect(refusalIn(await mutation(input, null)).code).toBe("UNAUTHENTICATED");
  for (const role of roles) {
    const { token } = await seedUser(world, role);
    expect({ role, code: refusalIn(await mutation(input, token)).code }).toEqual({ role, code: "FORBIDDEN" });
  }
}

/** The newest audit event about a thing. */
export async function lastEventAbout({ latchkey }: World, targetId: string) {
  const { nodes } = await latchkey.audit.list({ first: 1, filter: { targetId } });
  return nodes[0];
}
