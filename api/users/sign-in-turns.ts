import type { EntityManager } from "typeorm";

/** Any fixed number: with a name, it makes the lock under which the sign-ins of that name take turns. */
const SIGN_IN_LOCK = 7_150_302;

/** Waits until nobody else signs in with this name, whether somebody has it or not, so that two at once do not tell which. */
export async function takeSignInTurn(manager: EntityManager, name: string): Promise<void> {
  await manager.query("select pg_advisory_xact_lock($1, hashtext(lower($2)))", [SIGN_IN_LOCK, name]);
}
