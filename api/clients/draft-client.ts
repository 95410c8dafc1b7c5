import { Audience } from "../catalogue/api.entity.js";
import { type FieldProblem, invalidInput } from "../errors.js";
import { SecurityLevel } from "../groups/security-level.js";
import { passwordWeakness } from "../secrets/passwords.js";
import { type Client, ClientStatus } from "./client.entity.js";
import type { CreateClientInput, UpdateClientInput } from "./client.types.js";
import type { ClientFields } from "./client-fields.js";
import { emailProblems } from "./email-input.js";
import { looksLikeId } from "./find-client.js";
import { hostBindingProblems } from "./host-binding-input.js";
import { quotaColumns } from "./quota.types.js";
import { readServiceTime, serviceTimeProblems } from "./service-time-input.js";
import { beginningOf, endOf, isTimeZone } from "./whole-day.js";

const DEFAULTS = {
  status: ClientStatus.ENABLED,
  priority: 5,
  applicationNumber: null,
  hostBindings: [],
  startsAt: null,
  expiresAt: null,
  serviceTime: null,
  quotaLimit: null,
  quotaPeriod: null,
  tpsPerNode: 10,
  audience: Audience.INTERNAL_AND_EXTERNAL,
  emails: [],
  remark: null,
  regionId: null,
  tags: [],
  metadata: {},
};

/** The facts of a new client, its client id already given or made. Refuses what makes no sense. */
export function draftClient(input: CreateClientInput, clientId: string) {
  refuseBadInput(input);
  const { name, displayName, note } = input;
  const timeZone = input.timeZone ?? input.serviceTime?.timeZone ?? "UTC";
  const facts = {
    clientId,
    name,
    displayName,
    note,
    securityLevel: input.securityLevel ?? SecurityLevel.C,
    timeZone,
    ...DEFAULTS,
    ...readFields(input, timeZone),
  };
  refuseExpiryBeforeStart(facts);
  return facts;
}

/** The changes of a client that an input asks for; its status is changed apart. */
export function changesOf(client: Client, input: Omit<UpdateClientInput, "id" | "status">): Partial<Client> {
  refuse(fieldProblems(input));
  const { name, displayName, note, timeZone } = input;
  const changes = {
    ...withoutUndefined({ name, displayName, note, timeZone }),
    ...readFields(input, timeZone ?? client.timeZone),
  };
  const { startsAt, expiresAt } = client;
  refuseExpiryBeforeStart({ startsAt, expiresAt, ...changes });
  return changes;
}

/** The columns that the given fields stand for. Null brings a list back to empty. */
function readFields(input: ClientFields, timeZone: string): Partial<Client> {
  const { hostBindings, startsAt, expiresAt, serviceTime, quota, emails, tags, metadata } = input;
  const { applicationNumber, tpsPerNode, priority, status, audience, remark, regionId } = input;
  const asGiven = { applicationNumber, tpsPerNode, priority, status, audience, remark, regionId };
  return withoutUndefined({
    ...asGiven,
    hostBindings: hostBindings === null ? [] : hostBindings?.map(({ name, match }) => ({ name, match })),
    startsAt: startsAt && beginningOf(startsAt, timeZone),
    expiresAt: expiresAt && endOf(expiresAt, timeZone),
    serviceTime: serviceTime && readServiceTime(serviceTime, timeZone),
    ...quotaColumns(quota),
    emails: emails === null ? [] : emails,
    tags: tags === null ? [] : tags,
    metadata: metadata === null ? {} : metadata,
  });
}

function refuseBadInput(input: CreateClientInput): void {
  const { clientId, name, displayName, password, passwordConfirmation } = input;
  if (clientId !== undefined && looksLikeId(clientId)) {
    throw invalidInput({ path: "clientId", message: "must not look like a UUID, which is how ids look" });
  }
  refuse(fieldProblems(input));
  if (password !== passwordConfirmation) {
    throw invalidInput({ path: "passwordConfirmation", message: "must be the same as password" });
  }
  if (password === undefined) return;
  const weakness = passwordWeakness(password, [clientId ?? "", name, displayName]);
  if (weakness) throw invalidInput({ path: "password", message: weakness });
}

function fieldProblems(input: ClientFields & { timeZone?: string }): FieldProblem[] {
  const { timeZone, hostBindings, serviceTime, emails } = input;
  const problems: FieldProblem[] = [];
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    problems.push({ path: "timeZone", message: "is not a known IANA time zone" });
  }
  if (hostBindings) problems.push(...hostBindingProblems(hostBindings));
  if (serviceTime) problems.push(...serviceTimeProblems(serviceTime));
  if (emails) problems.push(...emailProblems(emails));
  return problems;
}

function refuseExpiryBeforeStart({ startsAt, expiresAt }: Pick<Client, "startsAt" | "expiresAt">): void {
  if (startsAt && expiresAt && expiresAt <= startsAt) {
    throw invalidInput({ path: "expiresAt", message: "must be after startsAt" });
  }
}

function refuse([first, ...rest]: FieldProblem[]): void {
  if (first) throw invalidInput(first, ...rest);
}

function withoutUndefined<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
