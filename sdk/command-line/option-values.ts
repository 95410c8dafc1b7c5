import type { ApiKeyStatus, ClientStatus, QuotaInput, SecurityLevel } from "@latchkey/sdk";
import { InvalidArgumentError } from "commander";

/** For an option that may be given again and again. */
export function oneMore(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

/** One of the server's constants, which people may write in lower case. */
export function oneOf<Constant extends string>(...constants: readonly Constant[]): (text: string) => Constant {
  return (text) => {
    const found = constants.find((constant) => constant === text.toUpperCase());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`It must be one of ${constants.join(", ").toLowerCase()}.`);
  };
}

/** Such as `1000/day`. */
export function quota(text: string): QuotaInput {
  const [, limit, period] = /^(\d{1,10})\/(day|week|month|total)$/i.exec(text) ?? [];
  if (limit === undefined || period === undefined) {
    throw new InvalidArgumentError("It must be <calls>/<day, week, month or total>, such as 1000/day.");
  }
  return { limit: Number(limit), period: period.toUpperCase() as NonNullable<QuotaInput["period"]> };
}

export const CLIENT_STATUS = oneOf<ClientStatus>("ENABLED", "DISABLED", "LOCKED");
export const LEVEL = oneOf<SecurityLevel>("A", "B", "C");
export const API_KEY_STATUS = oneOf<ApiKeyStatus>(
  "ACTIVE",
  "ROTATING",
  "SCHEDULED",
  "DISABLED",
  "EXPIRED",
  "REVOKED",
  "DRAFT",
);
