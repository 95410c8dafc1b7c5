import type { CalledApi, Explanation, GraphqlVerdict } from "@latchkey/sdk";
import type { Command } from "commander";
import { readSecret } from "../ask.js";
import { EXIT } from "../exit-codes.js";
import { oneMore, wholeNumber } from "../option-values.js";
import { type Facts, within } from "../output.js";
import type { AddCommands, Work } from "../work.js";

const VERDICT: Facts<GraphqlVerdict> = {
  valid: ({ valid }) => valid,
  code: ({ code }) => code,
  message: ({ message }) => message,
  credential: ({ credential }) => credential && `${credential.kind} ${credential.id} ${credential.name}`,
  "expires at": ({ credential }) => credential?.expiresAt,
  client: ({ client }) => client?.clientId,
  user: ({ user }) => user?.userName,
  groups: ({ groups }) => groups,
  scopes: ({ scopes }) => scopes,
  api: ({ api }) => api?.name,
  "retry after seconds": ({ retryAfterSeconds }) => retryAfterSeconds,
  "rate limit": ({ rateLimit }) => rateLimit && `${rateLimit.remaining} of ${rateLimit.limit} left`,
  quota: ({ quota }) => quota && `${quota.remaining} of ${quota.limit} left`,
  request: ({ requestId }) => requestId,
};

const EXPLANATION: Facts<Explanation> = within(({ verdict }) => verdict, VERDICT);

const CHECK: Facts<Explanation["checks"][number]> = {
  check: ({ name }) => name,
  outcome: ({ outcome }) => outcome,
  code: ({ code }) => code,
  message: ({ message }) => message,
};

interface CallOptions extends CalledApi {
  readonly credentialFile?: string;
  readonly address?: string;
  readonly group?: readonly string[];
  readonly scope?: readonly string[];
  readonly cost?: number;
}

interface ExplainOptions extends CallOptions {
  readonly key?: string;
  readonly at?: string;
}

const FROM =
  "The credential is read from --credential-file, else from standard input, or asked for. It is no argument: arguments\nare seen by all users of a machine. Ends with 3 when the credential is not valid.";

export const addVerdicts: AddCommands = (program, act) => {
  asOfACall(program.command("verify"))
    .description("ask for a verdict about a credential; an allowed one counts as a use, as a gateway's does")
    .addHelpText("after", `\n${FROM}\n\nExample:\n  npm run latchkey -- verify --method GET --path /orders/7 < key.txt`)
    .action(act(verify));
  asOfACall(program.command("explain"))
    .description("tell check by check why a call is, or would be, allowed or refused; nothing is used up")
    .option("--key <id>", "a key by its id, instead of its secret")
    .option("--at <time>", "the time for which it is asked (default: now)")
    .addHelpText(
      "after",
      `\n${FROM}\n\nExample:\n  npm run latchkey -- explain --key 0199... --method GET --path /orders/7`,
    )
    .action(act(explain));
};

function asOfACall(command: Command): Command {
  return command
    .option("--method <method>", "the call's HTTP method")
    .option("--path <path>", "the call's path")
    .option("--soap-action <action>", "the call's SOAP action")
    .option("--collection <region/name or id>", "where its API is looked for (default: everywhere)")
    .option("--address <ip>", "the caller's IP address")
    .option("--group <name or id>", "a group that must be held; may be repeated", oneMore)
    .option("--scope <name>", "a scope that must be held; may be repeated", oneMore)
    .option("--cost <number>", "what the call takes from quotas (default: 1)", wholeNumber)
    .option("--credential-file <file>", "where the credential stands; - is standard input");
}

async function verify(work: Work, options: CallOptions): Promise<void> {
  const server = await work.latchkey();
  const credential = await credentialOf(work, options);
  const verdict = await server.verifyCredential({ ...questionOf(options), credential }, work.call);
  await work.output.thing(verdict, VERDICT);
  if (!verdict.valid) work.exitWith(EXIT.notValid);
}

async function explain(work: Work, { key: apiKeyId, at, ...options }: ExplainOptions): Promise<void> {
  const server = await work.latchkey();
  const credential = apiKeyId === undefined ? await credentialOf(work, options) : undefined;
  const question = { ...questionOf(options), apiKeyId, credential, at };
  const explanation = await server.explainVerification(question, work.call);
  await work.output.thing(explanation, EXPLANATION);
  await work.output.alsoInTable(explanation.checks, CHECK);
  if (!explanation.verdict.valid) work.exitWith(EXIT.notValid);
}

function credentialOf({ pathOf }: Work, { credentialFile }: CallOptions): Promise<string> {
  return readSecret(credentialFile && pathOf(credentialFile), "Credential:");
}

function questionOf({ method, path, soapAction, collection, address, group, scope, cost }: CallOptions) {
  const isCall = method !== undefined || path !== undefined || soapAction !== undefined || collection !== undefined;
  const api = isCall ? { method: method?.toUpperCase(), path, soapAction, collection } : undefined;
  return { api, address, groups: group, scopes: scope, cost };
}
