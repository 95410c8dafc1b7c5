import type { Client } from "../clients/client.entity.js";
import type { User } from "../users/user.entity.js";

/** Where mails about an account go; empty when nobody has said. */
export function addressesOf(account: Pick<User, "email"> | Pick<Client, "emails">): readonly string[] {
  if ("emails" in account) return account.emails;
  return account.email === null ? [] : [account.email];
}
