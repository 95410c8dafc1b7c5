/** The text of an operation, which knows the types of its result and of its variables. */
export type Document<Result, Variables> = string & { readonly types?: (variables: Variables) => Result };
