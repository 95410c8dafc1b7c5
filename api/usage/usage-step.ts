import { registerEnumType } from "type-graphql";

export enum UsageStep {
  MINUTE = "MINUTE",
  HOUR = "HOUR",
  DAY = "DAY",
}

registerEnumType(UsageStep, {
  name: "UsageStep",
  description: "How finely calls are counted. Steps begin by the clock of UTC.",
});

export interface StepRules {
  readonly ms: number;
  /** How many steps a range may have. */
  readonly max: number;
  readonly words: string;
}

const DAY_MS = 86_400_000;

export const STEPS: Readonly<Record<UsageStep, StepRules>> = {
  [UsageStep.MINUTE]: { ms: 60_000, max: 1_440, words: "1,440 minutes, which is a day" },
  [UsageStep.HOUR]: { ms: 3_600_000, max: 744, words: "744 hours, which is 31 days" },
  [UsageStep.DAY]: { ms: DAY_MS, max: 1_098, words: "1,098 days, which is three years" },
};

/** The range in whole steps. */
export interface StepRange {
  readonly step: UsageStep;
  readonly from: Date;
  readonly until: Date;
}

/** A range reaches to the ends of the steps that it touches. */
export function inWholeSteps(step: UsageStep, from: Date, until: Date): StepRange {
  const { ms } = STEPS[step];
  return {
    step,
    from: new Date(Math.floor(from.getTime() / ms) * ms),
    until: new Date(Math.ceil(until.getTime() / ms) * ms),
  };
}

export function stepsIn({ step, from, until }: StepRange): Date[] {
  const { ms } = STEPS[step];
  return Array.from({ length: (until.getTime() - from.getTime()) / ms }, (_, at) => new Date(from.getTime() + at * ms));
}
