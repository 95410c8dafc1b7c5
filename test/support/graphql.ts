export interface GraphqlAnswer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is the test's to know
  readonly data: any;
  readonly errors: readonly GraphqlAnswerError[];
}

export interface GraphqlAnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly fields?: readonly { readonly path: string; readonly message: string }[];
  };
}

export async function postGraphql(
  url: string,
  query: string,
  variables: object | undefined,
  credential: string | null,
): Promise<GraphqlAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(credential !== null && { authorization: `Bearer ${credential}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<GraphqlAnswer>;
  return { status: response.status, data, errors };
}

/** The one error of an answer, without its position: its code, and its fields when it names some. */
export function refusalIn({ data, errors }: GraphqlAnswer): GraphqlAnswerError["extensions"] {
  const [error, ...others] = errors;
  if (!error || others.length > 0) throw new Error(`Not one error: ${JSON.stringify({ data, errors })}`);
  return error.extensions;
}
