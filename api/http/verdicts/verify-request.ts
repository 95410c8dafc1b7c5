import { isIP } from "node:net";
import { Ajv, type ValidateFunction } from "ajv";
import { type CalledApi, COST_MAX } from "../../verification/demand.js";

export interface VerifyRequest {
  readonly credential?: string;
  readonly api?: CalledApi;
  readonly groups?: string[];
  readonly scopes?: string[];
  readonly address?: string;
  readonly cost?: number;
  readonly transactionRef?: string;
  readonly explain?: boolean;
}

export interface VerifyBatchRequest {
  readonly requests: readonly VerifyRequest[];
}

const text = (maxLength: number, minLength = 0) => ({ type: "string", minLength, maxLength }) as const;

const verifyRequest = {
  type: "object",
  additionalProperties: false,
  properties: {
    credential: text(1_000),
    api: {
      type: "object",
      additionalProperties: false,
      // Method and path stand together; without them there is an action.
      if: { anyOf: [{ required: ["method"] }, { required: ["path"] }] },
      // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema has this word.
      then: { required: ["method", "path"] },
      else: { required: ["soapAction"] },
      properties: { method: text(16, 1), path: text(8_192, 1), soapAction: text(1_000, 1), collection: text(200, 1) },
    },
    groups: { type: "array", maxItems: 100, items: text(100, 1) },
    scopes: { type: "array", maxItems: 100, items: text(100, 1) },
    address: { type: "string", format: "IP address" },
    cost: { type: "integer", minimum: 1, maximum: COST_MAX },
    transactionRef: text(128, 1),
    explain: { type: "boolean" },
  },
} as const;

const verifyBatchRequest = {
  type: "object",
  additionalProperties: false,
  required: ["requests"],
  properties: { requests: { type: "array", minItems: 1, maxItems: 100, items: verifyRequest } },
} as const;

// Bodies are taken as they are: a number is no text, and an unknown field is a mistake to be told.
const ajv = new Ajv({ formats: { "IP address": (address: string) => isIP(address) !== 0 } });
const isVerifyRequest = ajv.compile<VerifyRequest>(verifyRequest);
const isVerifyBatchRequest = ajv.compile<VerifyBatchRequest>(verifyBatchRequest);

/** Throws what names the fields that are wrong. */
export function asVerifyRequest(body: unknown): VerifyRequest {
  return checked(isVerifyRequest, body);
}

export function asVerifyBatchRequest(body: unknown): VerifyBatchRequest {
  return checked(isVerifyBatchRequest, body);
}

function checked<T>(isValid: ValidateFunction<T>, body: unknown): T {
  if (isValid(body)) return body;
  throw Object.assign(new Error("The body is invalid."), { statusCode: 400, validation: isValid.errors });
}
