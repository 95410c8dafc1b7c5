import type { DataSource } from "typeorm";
import type { Call } from "../access/call.js";
import { Role } from "../access/permissions.js";
import { record } from "../audit/record.js";
import { isTimeZone } from "../clients/whole-day.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, paginate } from "../database/paginate.js";
import { ApiError, invalidInput, notFound } from "../errors.js";
import { hashPassword, passwordWeakness } from "../secrets/passwords.js";
import { User } from "./user.entity.js";
import type { CreateUserInput, UserArgs } from "./user.types.js";

const BY_NAME = { name: "name", expression: `lower(account.userName)`, type: "text", direction: "ASC" } as const;

export class UserService {
  constructor(private readonly database: DataSource) {}

  list(args: UserArgs): Promise<Page<User>> {
    const query = this.database.getRepository(User).createQueryBuilder("account");
    if (args.filter?.role != null) query.andWhere("account.role = :role", { role: args.filter.role });
    if (args.search?.trim()) {
      query.andWhere("account.userName ilike :search", { search: containsPattern(args.search) });
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
    if (!isTimeZone(timeZone)) throw invalidInput({ path: "timeZone", message: "is not a known IANA time zone" });
    const { userName, role } = input;
    return this.insert(call, { userName, role, timeZone, email: input.email ?? null, password: input.password });
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
