import {
  CreateUserDocument,
  type CreateUserInput,
  DeleteUserDocument,
  type DeleteUserInput,
  UpdateUserDocument,
  type UpdateUserInput,
  UserDocument,
  type UserFragment,
  UsersDocument,
  type UsersQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** A person with an account. */
export type User = UserFragment;

/** People with an account. */
export class Users {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** Errors: `INVALID_INPUT`, `CONFLICT` when the name is taken. */
  async create(input: CreateUserInput, options?: CallOptions): Promise<User> {
    return (await this.graphql.run(CreateUserDocument, { input }, options)).createUser;
  }

  /** Fields left out stay as they are. Errors: `INVALID_INPUT` (also for the role of the last administrator), `NOT_FOUND`. */
  async update(input: UpdateUserInput, options?: CallOptions): Promise<User> {
    return (await this.graphql.run(UpdateUserDocument, { input }, options)).updateUser;
  }

  /** Takes keys and sessions along. Errors: `NOT_FOUND`; `INVALID_INPUT` without `confirm: true`, saying what would go. */
  async delete(input: DeleteUserInput, options?: CallOptions): Promise<User> {
    return (await this.graphql.run(DeleteUserDocument, { input }, options)).deleteUser;
  }

  /** Errors: `NOT_FOUND`. */
  async get(id: string, options?: CallOptions): Promise<User> {
    return (await this.graphql.run(UserDocument, { id }, options)).user;
  }

  /** One page, by name. */
  async list(query: UsersQueryVariables = {}, options?: CallOptions): Promise<Page<User>> {
    return pageOf((await this.graphql.run(UsersDocument, query, options)).users);
  }

  /** Every user, page after page. */
  all(query: WithoutPage<UsersQueryVariables> = {}, options?: CallOptions): AsyncGenerator<User> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }
}
