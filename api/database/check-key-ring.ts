import type { DataSource } from "typeorm";
import type { KeyRing } from "../secrets/key-ring.js";

/** This node's key ring does not fit the database. */
export class KeyRingError extends Error {
  override readonly name = "KeyRingError";
}

/**
 * Stops a node whose ring differs from the one that the database's secrets were digested with: it would refuse every
 * credential, or make ones that no other node knows. New versions are noted as they come.
 */
export async function checkKeyRing(database: DataSource, keyRing: KeyRing, now: Date): Promise<void> {
  for (const [version, fingerprint] of keyRing.fingerprintsByVersion) {
    await database.query(
      `insert into key_ring_versions (version, fingerprint, created_at) values ($1, $2, $3) on conflict do nothing`,
      [version, fingerprint, now],
    );
  }
  const known: { version: number; fingerprint: string; used: boolean }[] = await database.query(
    `select version, fingerprint,
            exists (select 1 from api_key_secrets s join api_keys k on k.id = s.api_key_id
                    where (s.pepper_version = version or s.sealed_version = version)
                    and s.place <> 'RETIRED' and k.revoked_at is null
                    and (k.expires_at is null or k.expires_at > $1))
         or exists (select 1 from gateway_keys g where g.pepper_version = version and g.revoked_at is null
                    and (g.expires_at is null or g.expires_at > $1))
         or exists (select 1 from tokens t join token_families f on f.id = t.family_id
                    where (t.pepper_version = version or t.sealed_version = version)
                    and t.expires_at > $1 and t.revoked_at is null and f.revoked_at is null
                    and t.replaced_at is null)
         or exists (select 1 from webhooks w where w.sealed_version = version) as used
     from key_ring_versions order by version`,
    [now],
  );
  for (const { version, fingerprint, used } of known) {
    const own = keyRing.fingerprintsByVersion.get(version);
    if (own !== undefined && own !== fingerprint) {
      throw new KeyRingError(`LATCHKEY_KEY_RING: version ${version} is not the one that this database was made with.`);
    }
    if (own === undefined && used) {
      throw new KeyRingError(
        `LATCHKEY_KEY_RING lacks version ${version}, with which keys or tokens in force, or secrets of webhooks, were made.`,
      );
    }
  }
}
