import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { withPasswordHasher } from "../secrets/passwords.js";
import { checkPassword } from "./check-password.js";
import { findAccountByName } from "./find-account.js";
import { takeSignInTurn } from "./sign-in-turns.js";
import { User } from "./user.entity.js";

/**
 * Tells whether a password is this user's, as a sign-in would, and counts what failed. Undefined, after the same work, for
 * whatever is wrong; also while a password that somebody else has set is still to be changed.
 */
export function authenticateUser(
  database: DataSource,
  call: Call,
  name: string,
  password: string,
): Promise<User | undefined> {
  return withPasswordHasher("STRANGER", (hasher) =>
    database.transaction(async (manager) => {
      await takeSignInTurn(manager, name);
      const account = await findAccountByName(manager, name);
      const user = account instanceof User ? account : null;
      const matches = await checkPassword(manager, hasher, call, user, password);
      return user && matches && !user.passwordChangeRequired ? user : undefined;
    }),
  );
}
