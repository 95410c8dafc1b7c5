import type { DataSource } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";
import type { KeyRingVersion } from "./key-ring.types.js";

interface Row {
  version: number;
  created_at: Date;
  keys: number;
  gateway_keys: number;
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
    return rows.map(({ version, created_at: knownSince, keys, gateway_keys: gatewayKeys, sealed, sessions, links }) => {
      const current = version === this.keyRing.currentVersion;
      return {
        version,
        current,
        present: this.keyRing.fingerprintsByVersion.has(version),
        knownSince,
        keysInForce: keys,
        gatewayKeysInForce: gatewayKeys,
        sealedSecrets: sealed,
        sessions,
        sealedLinks: links,
        removable: !current && keys + gatewayKeys + sealed + sessions + links === 0,
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
         (select count(*) from api_key_secrets where sealed_version = v.version)::int as sealed,
         (select count(*) from sessions
          where pepper_version = v.version and ended_at is null and expires_at > $1)::int as sessions,
         (select count(*) from notifications where key_version = v.version)::int as links
  from key_ring_versions v order by v.version`;
