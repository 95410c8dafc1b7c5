import { IsIP, ValidateNested } from "class-validator";
import { GraphQLJSONObject } from "graphql-scalars";
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { COST_MAX } from "../verification/demand.js";
import { REFUSALS } from "../verification/verdict.js";
import { InputField, IntegerField, TextField, TextListField } from "./fields.js";

const CODES = ["VALID", ...Object.keys(REFUSALS)];

/** The verdict codes as an enum object, read from the list that verification itself goes by. */
export const VerdictCode: Readonly<Record<string, string>> = Object.fromEntries(CODES.map((code) => [code, code]));

registerEnumType(VerdictCode, {
  name: "VerdictCode",
  description: "Why a credential is allowed or refused. The list is closed.",
  valuesConfig: {
    VALID: { description: "Allowed." },
    ...Object.fromEntries(
      Object.entries(REFUSALS).map(([code, [status, message]]) => [
        code,
        { description: `${message} HTTP ${status}.` },
      ]),
    ),
  },
});

@InputType({
  description: "The call that the credential came with: `method` and `path`, or `soapAction`, or all three.",
})
export class CalledApiInput {
  @TextField({ max: 16, optional: true, description: "The call's HTTP method, in upper case. Needs `path`." })
  method?: string;

  @TextField({
    max: 8_192,
    optional: true,
    description: "The call's path; a query after it is ignored. Needs `method`.",
  })
  path?: string;

  @TextField({
    max: 1_000,
    optional: true,
    description:
      "The call's SOAP action, or the operation's name, without quotes. Beside a path it counts in a POST to a SOAP endpoint only.",
  })
  soapAction?: string;

  @TextField({
    max: 200,
    optional: true,
    description: "Id or `<region code>/<collection name>`; left out, all collections are searched.",
  })
  collection?: string;
}

/** What is asked of a credential. */
@InputType()
export abstract class DemandInput {
  @InputField(() => CalledApiInput, {
    optional: true,
    description: "Left out together with `groups` and `scopes`, only the credential and its owner are judged.",
  })
  @ValidateNested()
  api?: CalledApiInput;

  @TextListField({ max: 100, length: 100, optional: true, description: "Groups that must all be held, by name or id." })
  groups?: string[];

  @TextListField({ max: 100, length: 100, optional: true, description: "Scopes that must all be held." })
  scopes?: string[];

  @TextField({
    max: 45,
    optional: true,
    description:
      "The caller's IP address, kept with the credential's last access. A client with host bindings is refused without it.",
  })
  @IsIP(undefined, { message: "must be an IPv4 or IPv6 address" })
  address?: string;

  @IntegerField({
    min: 1,
    max: COST_MAX,
    optional: true,
    description: "What the call takes from quotas; 1 if left out. Of the calls in a second it is one.",
  })
  cost?: number;
}

@InputType()
export class VerifyCredentialInput extends DemandInput {
  @TextField({ min: 0, max: 1_000, description: "The full text of the credential." })
  credential!: string;
}

@ObjectType({ description: "Calls in a second, of the client on the node that was asked." })
export class RateLimitState {
  @Field(() => Int)
  limit!: number;

  @Field(() => Int, { description: "Calls that would pass at once." })
  remaining!: number;

  @Field(() => Int, { description: "Seconds until as many as the limit would." })
  resetSeconds!: number;
}

@ObjectType({ description: "The quota that is nearest to its end, of the client's and the key's own." })
export class QuotaState {
  @Field(() => Int)
  limit!: number;

  @Field(() => Int, { description: "What is left of it after this call." })
  remaining!: number;

  @Field(() => Date, { nullable: true, description: "When it is full again. Null: never." })
  resetsAt!: Date | null;
}

@ObjectType()
export class VerifiedCredential {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "`API_KEY`." })
  kind!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  lookupId!: string;

  @Field(() => Date, { nullable: true, description: "Null: never." })
  expiresAt!: Date | null;
}

@ObjectType()
export class VerifiedClient {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  clientId!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => Int, { description: "0 (highest) to 9." })
  priority!: number;
}

@ObjectType()
export class VerifiedUser {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  userName!: string;
}

@ObjectType()
export class VerifiedApi {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  kind!: string;
}

@ObjectType({
  description:
    "The answer of a verification. A refused one tells no fact about the credential beside its code and, of a limit, what is left.",
})
export class Verdict {
  @Field(() => Boolean)
  valid!: boolean;

  @Field(() => VerdictCode)
  code!: string;

  @Field(() => String, { nullable: true, description: "Of a refusal: the reason in words." })
  message?: string;

  @Field(() => String)
  requestId!: string;

  @Field(() => Int, { nullable: true, description: "Of a refusal by time: after how many seconds it may pass." })
  retryAfterSeconds?: number;

  @Field(() => VerifiedCredential, { nullable: true })
  credential?: VerifiedCredential;

  @Field(() => VerifiedClient, { nullable: true, description: "The owner, of a client's key." })
  client?: VerifiedClient | null;

  @Field(() => VerifiedUser, { nullable: true, description: "The owner, of a user's key." })
  user?: VerifiedUser | null;

  @Field(() => [String], { nullable: true, description: "Names of the authority groups that it holds." })
  groups?: readonly string[];

  @Field(() => [String], { nullable: true, description: "Management permissions, of a narrowed user's key." })
  scopes?: readonly string[];

  @Field(() => VerifiedApi, { nullable: true, description: "The API that the call is, where a call was named." })
  api?: VerifiedApi | null;

  @Field(() => RateLimitState, { nullable: true, description: "Null: without limit." })
  rateLimit?: RateLimitState | null;

  @Field(() => QuotaState, { nullable: true, description: "Null: without limit." })
  quota?: QuotaState | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: "The key's metadata." })
  metadata?: object;
}
