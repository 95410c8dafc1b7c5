import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import type { Page } from "../database/paginate.js";
import { maskSecret } from "../secrets/secret-format.js";
import { findToken } from "./find-token.js";
import { listTokens } from "./list-tokens.js";
import { type Token, TokenKind } from "./token.entity.js";
import type { TokenArgs } from "./token.types.js";

/** The tokens that there are (5.4). */
export class TokenService {
  constructor(
    private readonly database: DataSource,
    private readonly brand: string,
  ) {}

  list(call: Call, args: TokenArgs): Promise<Page<Token>> {
    return listTokens(this.database, call, args);
  }

  async get(call: Call, id: string): Promise<Token> {
    return (await findToken(this.database.manager, call, id)).token;
  }

  masked({ kind, lookupId }: Token): string {
    return maskSecret(this.brand, kind === TokenKind.ACCESS ? "at" : "rt", lookupId);
  }
}
