import { type DataSource, type EntityManager, IsNull, MoreThan } from "typeorm";
import type { Call } from "../access/call.js";
import { Role } from "../access/permissions.js";
import { difference, record } from "../audit/record.js";
import { isTimeZone } from "../clients/whole-day.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, paginate } from "../database/paginate.js";
import { ApiError, invalidInput, notFound } from "../errors.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { hashPassword, passwordWeakness } from "../secrets/passwords.js";
import { countTokensInForce } from "../tokens/count-tokens.js";
import { findUser } from "./find-account.js";
import { Session } from "./session.entity.js";
import { defaultSignInState, THRESHOLD_OF_USERS } from "./sign-in-policy.js";
import { User } from "./user.entity.js";
import type { CreateUserInput, DeleteUserInput, UpdateUserInput, UserArgs } from "./user.types.js";

const BY_NAME = { name: "name", expression: `lower(account.userName)`, type: "text", direction: "ASC" } as const;

export class UserService {
  constructor(private readonly database: DataSource) {}

  list(args: UserArgs): Promise<Page<User>> {
    const query = this.database.getRepository(User).createQueryBuilder("account");
    if (args.filter?.role != null) query.andWhere("account.role = :role", { role: args.filter.role });
    if (args.search?.trim()) {
      query.andWhere("(account.userName ilike :search or account.email ilike :search)", {
        search: containsPattern(args.search),
      });
    }
    return paginate(query, args, BY_NAME);
  }

  async get(id: string): Promise<User> {
    const user = await this.database.manager.findOneBy(User, { id });
    if (!user) throw notFound("user", `id=${id}`);
    return user;
  }

  async create(call: Call, input: CreateUserInput): Promise<User> {
    const weakness = passwordWeakness(input.password, [input.userName]);
    if (weakness) throw invalidInput({ path: "password", message: weakness });
    const timeZone = input.timeZone ?? "UTC";
    refuseUnknownTimeZone(timeZone);
    const { userName, role, email = null } = input;
    return this.insert(call, { userName, role, timeZone, email, password: input.password });
  }

  async update(call: Call, { id, ...changes }: UpdateUserInput): Promise<User> {
    if (changes.timeZone !== undefined) refuseUnknownTimeZone(changes.timeZone);
    return this.database.transaction(async (manager) => {
      const administrators = await lockAdministrators(manager);
      const user = await findUser(manager, id);
      const { before, after } = difference(user, changes);
      if (Object.keys(after).length === 0) return user;
      if ("role" in after && isLastOf(administrators, user)) {
        throw invalidInput({ path: "role", message: `must stay SYSTEM_ADMIN: ${user.userName} is the last one` });
      }
      Object.assign(user, after, { updatedAt: call.now });
      await manager.update(User, { id }, { ...after, updatedAt: call.now });
      await record(manager, call, { event: "user.updated", targetKind: "User", targetId: id, before, after });
      return user;
    });
  }

  /** The database takes the keys, sessions and tokens with the user. */
  async delete(call: Call, { id, confirm }: DeleteUserInput): Promise<User> {
    return this.database.transaction(async (manager) => {
      const administrators = await lockAdministrators(manager);
      const user = await findUser(manager, id);
      if (isLastOf(administrators, user)) {
        throw invalidInput({ path: "id", message: `is the last SYSTEM_ADMIN, who cannot be deleted` });
      }
      const keys = await manager.countBy(ApiKey, { userId: id });
      const inForce = { endedAt: IsNull(), expiresAt: MoreThan(call.now) };
      const sessions = await manager.countBy(Session, { userId: id, ...inForce });
      const tokens = await countTokensInForce(manager, "user_id", id, call.now);
      if (confirm !== true) {
        const message = `must be true: deleting ${user.userName} takes ${keys} keys, ${tokens} tokens that clients hold by consent, and ${sessions} sessions with it`;
        throw invalidInput({ path: "confirm", message });
      }
      await manager.delete(User, { id });
      const { userName, role, email } = user;
      const before = { userName, role, email, keys, tokens, sessions };
      await record(manager, call, { event: "user.deleted", targetKind: "User", targetId: id, before });
      return user;
    });
  }

  /** 1.1: makes the first administrator; says whether there was none before. */
  async ensureAdministrator(call: Call, userName: string, password: string): Promise<boolean> {
    if (await this.database.manager.existsBy(User, { role: Role.SYSTEM_ADMIN })) return false;
    try {
      await this.insert(call, { userName, role: Role.SYSTEM_ADMIN, timeZone: "UTC", email: null, password });
      return true;
    } catch (error) {
      // Another node, started at the same moment, was faster.
      if (error instanceof ApiError && error.code === "CONFLICT") return false;
      throw error;
    }
  }

  private async insert(
    call: Call,
    { password, ...facts }: Pick<User, "userName" | "role" | "timeZone" | "email"> & { password: string },
  ): Promise<User> {
    const user = this.database.manager.create(User, {
      id: newId(call.now),
      ...facts,
      passwordDigest: await hashPassword(password),
      passwordChangeRequired: false,
      ...defaultSignInState(THRESHOLD_OF_USERS),
      createdAt: call.now,
      updatedAt: call.now,
    });
    const refusals = { users_user_name_unique: ["userName", "a user with this name exists"] } as const;
    await refusing(refusals, () =>
      this.database.transaction(async (manager) => {
        await manager.insert(User, user);
        await record(manager, call, { event: "user.created", targetKind: "User", targetId: user.id, after: facts });
      }),
    );
    return user;
  }
}

function refuseUnknownTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) throw invalidInput({ path: "timeZone", message: "is not a known IANA time zone" });
}

/** Keeps every administrator as they are until the transaction ends, so that no two of them remove each other at once. */
function lockAdministrators(manager: EntityManager): Promise<User[]> {
  const lock = { mode: "for_no_key_update" } as const;
  return manager.find(User, { where: { role: Role.SYSTEM_ADMIN }, order: { id: "ASC" }, lock });
}

function isLastOf(administrators: readonly User[], user: User): boolean {
  return administrators.length === 1 && administrators[0]?.id === user.id;
}
