import { anomalies } from "./anomalies.js";
import { audit } from "./audit.js";
import { catalogue } from "./catalogue.js";
import type { Example, ExampleGroup } from "./example.js";
import { fromNothingToAVerdict } from "./from-nothing-to-a-verdict.js";
import { gateways } from "./gateways.js";
import { keys } from "./keys.js";
import { levelsAndScopes } from "./levels-and-scopes.js";
import { limits } from "./limits.js";
import { live } from "./live.js";
import { lookAround } from "./look-around.js";
import { manage } from "./manage.js";
import { operationsScreen } from "./operations-screen.js";
import { signIns } from "./sign-ins.js";
import { startHere } from "./start-here.js";
import { takeBack } from "./take-back.js";
import { tokens } from "./tokens.js";
import { usage } from "./usage.js";
import { webhooks } from "./webhooks.js";

export type { Example, ExampleGroup } from "./example.js";

/** In the order in which the panel shows them. */
export const exampleGroups: readonly ExampleGroup[] = [
  startHere,
  fromNothingToAVerdict,
  limits,
  lookAround,
  audit,
  catalogue,
  manage,
  keys,
  tokens,
  gateways,
  levelsAndScopes,
  operationsScreen,
  usage,
  live,
  anomalies,
  webhooks,
  signIns,
  takeBack,
];

export const examples: readonly Example[] = exampleGroups.flatMap((group) => group.examples);
