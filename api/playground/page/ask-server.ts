export interface Credential {
  readonly header: "authorization" | "x-api-key";
  readonly value: string;
}

export interface GraphQLAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFailure[];
}

export interface GraphQLFailure {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null | undefined;
}

/** Posts one operation. Whatever the server answers comes back as an answer; only a lost connection throws. */
export async function askServer(
  request: GraphQLRequest,
  credential?: Credential,
  headers: Record<string, string> = {},
): Promise<GraphQLAnswer> {
  const sent = new Headers({ accept: "application/json", "content-type": "application/json" });
  if (credential) sent.set(credential.header, credential.value);
  for (const [name, value] of Object.entries(headers)) sent.set(name, value);
  const response = await post(request, sent);
  const answer = await response.json().catch(() => undefined);
  if (typeof answer === "object" && answer !== null) return answer as GraphQLAnswer;
  return { errors: [{ message: `The server answered ${response.status} without a GraphQL result.` }] };
}

/** Whether the answer means that the credential of the page is no longer good. A wrong password tried in the editor does not. */
export function saysSignedOut(answer: GraphQLAnswer): boolean {
  return (answer.errors ?? []).some(
    (error) => error.extensions?.code === "UNAUTHENTICATED" && error.path?.[0] !== "signIn",
  );
}

async function post(request: GraphQLRequest, headers: Headers): Promise<Response> {
  try {
    return await fetch("/graphql", {
      method: "POST",
      headers,
      body: JSON.stringify(request),
      credentials: "omit",
    });
  } catch (cause) {
    throw new Error("The server cannot be reached. Check that it is running and try again.", { cause });
  }
}
