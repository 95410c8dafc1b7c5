import { invalidInput } from "../errors.js";
import { type Reachable, UnreachableError } from "./public-address.js";

/** For a name server that does not answer nobody waits long: what is sent later is judged anew. */
const LOOKUP_MS_MAX = 2_000;

/** The URL as it is kept, or INVALID_INPUT. A name that cannot be resolved now may be later. */
export async function readWebhookUrl(reachable: Reachable, text: string): Promise<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(text)) throw refusal("must be an https URL");
  if (url.username !== "" || url.password !== "") throw refusal("must not hold a user name or a password");
  if (url.hash !== "" || text.includes("#")) throw refusal("must not have a fragment");
  if (url.port === "0") throw refusal("must not have port 0");
  const given = reachable.addressesOf(url);
  const problem = await Promise.race([given.then(() => undefined, problemIn), givenUp()]);
  if (problem !== undefined) throw refusal(problem);
  return url.href;
}

function problemIn(error: unknown): string | undefined {
  return error instanceof UnreachableError ? error.message : undefined;
}

function givenUp(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), LOOKUP_MS_MAX).unref();
  });
}

function refusal(message: string) {
  return invalidInput({ path: "url", message });
}
