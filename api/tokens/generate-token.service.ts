import { type DataSource, Equal } from "typeorm";
import type { Call } from "../access/call.js";
import { Client } from "../clients/client.entity.js";
import { looksLikeId } from "../clients/find-client.js";
import { refusing } from "../database/constraint-errors.js";
import { type ApiError, conflict, invalidInput } from "../errors.js";
import type { ClientAuthentication } from "./authenticate-client.js";
import { GrantType } from "./grant-type.js";
import { type GrantedScope, grantScope, type HeldScopes } from "./granted-scope.js";
import { issueTokens, type TokenMint } from "./issue-tokens.js";
import { Token } from "./token.entity.js";
import type { GenerateTokenInput } from "./token.types.js";
import { accessLimits, refreshLimits, settingsOf } from "./token-limits.js";

export interface ShownToken {
  readonly token: Token;
  readonly secret: string;
  readonly refreshSecret: string | null;
}

const REFUSALS = { token_families_client_id_fkey: ["clientId", "the client has just been deleted"] } as const;

/** Issues tokens to a client for itself, from the operations screen (5.3). */
export class GenerateTokenService {
  constructor(
    private readonly database: DataSource,
    private readonly mint: TokenMint,
    private readonly authentication: ClientAuthentication,
  ) {}

  async generate(call: Call, { clientId, clientSecret, scopes = [], save = false }: GenerateTokenInput) {
    const client = await this.authenticate(call, clientId, clientSecret);
    if (!client) throw wrongCredentials();
    const settings = settingsOf(client);
    if (!settings.grantTypes.includes(GrantType.CLIENT_CREDENTIALS)) {
      const message = "the client's token settings lack CLIENT_CREDENTIALS: add it with updateTokenSettings";
      throw conflict("clientId", message);
    }
    const scope = scopeOf(client.scopes, scopes);
    const grant = { clientId: client.id, userId: null, grantType: GrantType.CLIENT_CREDENTIALS, scope };
    const limits = { access: accessLimits(settings), refresh: refreshLimits(settings) };
    const issued = await refusing(REFUSALS, () =>
      this.database.transaction((manager) => issueTokens(manager, this.mint, call, { ...grant, ...limits, save })),
    );
    const token = await this.database.manager.findOneByOrFail(Token, { id: issued.access.id });
    return { token, secret: issued.access.text, refreshSecret: issued.refresh?.text ?? null } satisfies ShownToken;
  }

  /** A client that has signed in is answered at once about any other: about one that is absent like about one that is not. */
  private async authenticate(call: Call, reference: string, secret: string) {
    const { actor } = call;
    if (actor.kind === "CLIENT" && reference !== actor.name && reference.toLowerCase() !== actor.id) return undefined;
    return this.authentication.authenticate(call, await this.clientIdOf(reference), secret);
  }

  /** An id that nobody has stands for itself: no client id reads like one, so it is refused after the same work. */
  private async clientIdOf(reference: string): Promise<string> {
    if (!looksLikeId(reference)) return reference;
    const where = { id: Equal(reference) };
    const client = await this.database.manager.findOne(Client, { select: { id: true, clientId: true }, where });
    return client?.clientId ?? reference;
  }
}

function scopeOf(held: HeldScopes, names: readonly string[]): GrantedScope {
  const scope = grantScope(held, names);
  if (scope) return scope;
  const [first, ...rest] = names.flatMap((name, index) =>
    held.has(name) ? [] : [{ path: `scopes.${index}`, message: "the client holds no such scope" }],
  );
  throw first ? invalidInput(first, ...rest) : new Error("A scope that is held was not granted.");
}

/** One answer for whatever is wrong, which names no single field: that would tell which clients there are. */
function wrongCredentials(): ApiError {
  const message = "the client id or the client secret is wrong, or the client is not in force";
  return invalidInput({ path: "clientId", message }, { path: "clientSecret", message });
}
