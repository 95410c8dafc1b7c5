import type { DataSource } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import { IN_FORCE as TOKEN_IN_FORCE } from "../tokens/token-status.js";
import type { KeyRingVersion } from "./key-ring.types.js";

interface Row {
  version: number;
  created_at: Date;
  keys: number;
  gateway_keys: number;
  tokens: number;
  sealed: number;
  sessions: number;
  links: number;
}

/** What still hangs on each version of the key ring. */
export class KeyRingReport {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
  ) {}

  async versions(now: Date): Promise<KeyRingVersion[]> {
    const rows: Row[] = await this.database.query(REPORT, [now]);
    return rows.map(({ version, created_at: knownSince, ...hanging }) => {
      const current = version === this.keyRing.currentVersion;
      const { keys, gateway_keys: gatewayKeys, tokens, sealed, sessions, links } = hanging;
      return {
        version,
        current,
        present: this.keyRing.fingerprintsByVersion.has(version),
        knownSince,
        keysInForce: keys,
        gatewayKeysInForce: gatewayKeys,
        tokensInForce: tokens,
        sealedSecrets: sealed,
        sessions,
        sealedLinks: links,
        removable: !current && Object.values(hanging).every((count) => count === 0),
      };
    });
  }
}

const REPORT = `
  select v.version, v.created_at,
         (select count(distinct s.api_key_id) from api_key_secrets s join api_keys k on k.id = s.api_key_id
          where s.pepper_version = v.version and s.place <> 'RETIRED' and k.revoked_at is null
            and (s.place = 'CURRENT' or k.rotation_ends_at > $1)
            and (k.expires_at is null or k.expires_at > $1))::int as keys,
         (select count(*) from gateway_keys
          where pepper_version = v.version and revoked_at is null
            and (expires_at is null or expires_at > $1))::int as gateway_keys,
         (select count(*) from tokens t join token_families f on f.id = t.family_id
          where t.pepper_version = v.version and ${TOKEN_IN_FORCE})::int
           + (select count(*) from authorization_codes
              where pepper_version = v.version and used_at is null and expires_at > $1)::int as tokens,
         (select count(*) from api_key_secrets where sealed_version = v.version)::int
           + (select count(*) from tokens where sealed_version = v.version)::int
           + (select count(*) from webhooks where sealed_version = v.version)::int
           + (select count(*) from webhooks where previous_sealed_version = v.version)::int as sealed,
         (select count(*) from sessions
          where pepper_version = v.version and ended_at is null and expires_at > $1)::int as sessions,
         (select count(*) from notifications where key_version = v.version)::int as links
  from key_ring_versions v order by v.version`;
