import { type Answer, fieldsIn, isVerdict, refusalIn, strangeAnswer } from "./answer.js";
import type { CallOptions } from "./options.js";
import type { Transport } from "./transport.js";
import type { Verdict, VerifyRequest } from "./verdict.js";

/** Asks for verdicts over `POST /v1/verify`, as gateways and services do. */
export class Verification {
  constructor(
    private readonly transport: Transport,
    private readonly gatewayKey: string | undefined,
  ) {}

  async verify(request: VerifyRequest, options: CallOptions = {}): Promise<Verdict> {
    const answer = await this.ask("/v1/verify", request, options);
    // UNDECIDED comes with 503 and is a verdict all the same.
    if (isVerdict(answer)) return answer.body as Verdict;
    throw refusalIn(answer) ?? strangeAnswer(answer);
  }

  async verifyBatch(requests: readonly VerifyRequest[], options: CallOptions = {}): Promise<readonly Verdict[]> {
    const answer = await this.ask("/v1/verify/batch", { requests }, options);
    const { verdicts } = fieldsIn(answer);
    if (Array.isArray(verdicts) && verdicts.length === requests.length) return verdicts as Verdict[];
    throw refusalIn(answer) ?? strangeAnswer(answer);
  }

  private ask(path: string, body: unknown, options: CallOptions): Promise<Answer> {
    return this.transport.send({ path, gatewayKey: this.gatewayKey, body, repeat: "AFTER_REFUSAL" }, options);
  }
}
