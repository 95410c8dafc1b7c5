import { randomBytes } from "node:crypto";
import { type DataSource, type EntityManager, In, IsNull, MoreThan } from "typeorm";
import type { Call } from "../access/call.js";
import { reachesClient } from "../access/reach.js";
import { difference, type Happening, record } from "../audit/record.js";
import { Region } from "../catalogue/region.entity.js";
import { refusing } from "../database/constraint-errors.js";
import { newId } from "../database/new-id.js";
import type { Page } from "../database/paginate.js";
import { conflict, invalidInput, notFound } from "../errors.js";
import { ApiKey } from "../keys/api-key.entity.js";
import { hashPassword } from "../secrets/passwords.js";
import { countTokensInForce } from "../tokens/count-tokens.js";
import { endSessions } from "../users/end-sessions.js";
import { Session } from "../users/session.entity.js";
import { defaultSignInState, NO_FAILURES, THRESHOLD_OF_CLIENTS } from "../users/sign-in-policy.js";
import { Client, ClientStatus } from "./client.entity.js";
import type {
  ClientArgs,
  ClientGroupsInput,
  CreateClientInput,
  DeleteClientInput,
  SetClientStatusInput,
  UpdateClientInput,
} from "./client.types.js";
import { ClientGroup } from "./client-group.entity.js";
import { changeGroups, giveGroups } from "./client-groups.js";
import { ClientId } from "./client-id.entity.js";
import { statusOf } from "./client-status.js";
import { changesOf, draftClient } from "./draft-client.js";
import { findClient } from "./find-client.js";
import { listClients } from "./list-clients.js";

const REFUSALS = {
  client_ids_never_reused: ["clientId", "this client id is in use, or was used before and is never given again"],
  clients_name_unique: ["name", "a client with this name exists"],
  clients_display_name_unique: ["displayName", "a client with this display name exists"],
  clients_region_exists: ["regionId", "the region has just been deleted"],
} as const;

export class ClientService {
  constructor(private readonly database: DataSource) {}

  list(call: Call, args: ClientArgs): Promise<Page<Client>> {
    return listClients(this.database, call, args);
  }

  async get({ actor }: Call, reference: string): Promise<Client> {
    const client = await findClient(this.database.manager, reference);
    if (!reachesClient(actor, client.id)) throw notFound("client", `${client.id} is not the caller`);
    return client;
  }

  async create(call: Call, input: CreateClientInput): Promise<Client> {
    const facts = draftClient(input, input.clientId ?? `client-${randomBytes(9).toString("hex")}`);
    const client = this.database.manager.create(Client, {
      id: newId(call.now),
      ...facts,
      system: false,
      passwordDigest: input.password === undefined ? null : await hashPassword(input.password),
      passwordChangeRequired: false,
      ...defaultSignInState(THRESHOLD_OF_CLIENTS),
      createdAt: call.now,
      createdBy: call.actor.name,
      updatedAt: call.now,
    });
    const groupIds = input.groupIds ?? [];
    await refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        await refuseUnknownRegion(manager, facts.regionId);
        await manager.insert(ClientId, { clientId: client.clientId });
        await manager.insert(Client, client);
        await giveGroups(manager, client, groupIds);
        await record(manager, call, { ...about(client, "client.created"), after: { ...facts, groupIds } });
      }),
    );
    return client;
  }

  async update(call: Call, { id, status, ...input }: UpdateClientInput): Promise<Client> {
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const client = await findClient(manager, id, "pessimistic_write");
        const { before, after } = difference(client, changesOf(client, input));
        if (Object.keys(after).length > 0) {
          await refuseUnknownRegion(manager, input.regionId);
          Object.assign(client, after, { updatedAt: call.now });
          await manager.save(Client, client);
          await record(manager, call, { ...about(client, "client.updated"), before, after });
        }
        return status === undefined ? client : this.changeStatus(manager, call, client, status);
      }),
    );
  }

  async setStatus(call: Call, { clientId, status }: SetClientStatusInput): Promise<Client> {
    return this.database.transaction(async (manager) => {
      const client = await findClient(manager, clientId, "pessimistic_write");
      return this.changeStatus(manager, call, client, status);
    });
  }

  async addGroups(call: Call, input: ClientGroupsInput): Promise<Client> {
    return this.changeGroups(call, input, "client.groupsAdded", (manager, client) =>
      giveGroups(manager, client, input.groupIds),
    );
  }

  /** The foreign key of the keys' groups takes them from the client's keys in the same statement (2.7). */
  async removeGroups(call: Call, input: ClientGroupsInput): Promise<Client> {
    return this.changeGroups(call, input, "client.groupsRemoved", async (manager, client) => {
      await manager.delete(ClientGroup, { clientId: client.id, groupId: In(input.groupIds) });
    });
  }

  /** The database takes the groups, keys, tokens and sessions with the client. The client id stays taken. */
  async delete(call: Call, { id, confirm }: DeleteClientInput): Promise<Client> {
    return this.database.transaction(async (manager) => {
      const client = await findClient(manager, id, "pessimistic_write");
      if (client.system) throw conflict("id", "a system client cannot be deleted");
      const keys = await manager.countBy(ApiKey, { clientId: client.id });
      const inForce = { endedAt: IsNull(), expiresAt: MoreThan(call.now) };
      const sessions = await manager.countBy(Session, { clientId: client.id, ...inForce });
      const tokens = await countTokensInForce(manager, "client_id", client.id, call.now);
      if (confirm !== true) {
        const message = `must be true: deleting ${client.clientId} takes ${keys} keys, ${tokens} tokens and ${sessions} sessions with it`;
        throw invalidInput({ path: "confirm", message });
      }
      await manager.delete(Client, { id: client.id });
      const { clientId, name, displayName } = client;
      const before = { clientId, name, displayName, keys, tokens, sessions };
      await record(manager, call, { ...about(client, "client.deleted"), before });
      return client;
    });
  }

  private async changeStatus(
    manager: EntityManager,
    call: Call,
    client: Client,
    status: ClientStatus,
  ): Promise<Client> {
    const before = { status: statusOf(client, call.now) };
    if (client.status === status && before.status === status) return client;

    const enabled = status === ClientStatus.ENABLED;
    const changes = { status, updatedAt: call.now, ...(enabled && NO_FAILURES) };
    await manager.update(Client, { id: client.id }, changes);
    if (!enabled) await endSessions(manager, client, call.now);
    await record(manager, call, { ...about(client, "client.statusChanged"), before, after: { status } });
    return Object.assign(client, changes);
  }

  private changeGroups(
    call: Call,
    { clientId }: ClientGroupsInput,
    event: string,
    change: (manager: EntityManager, client: Client) => Promise<void>,
  ): Promise<Client> {
    return this.database.transaction(async (manager) => {
      const client = await findClient(manager, clientId, "pessimistic_write");
      await changeGroups(manager, call, client, { event }, () => change(manager, client));
      return client;
    });
  }
}

/** What every audit event about a client says of it. */
function about(client: Client, event: string): Pick<Happening, "event" | "targetKind" | "targetId"> {
  return { event, targetKind: "Client", targetId: client.id };
}

async function refuseUnknownRegion(manager: EntityManager, regionId: string | null | undefined): Promise<void> {
  if (regionId == null || (await manager.existsBy(Region, { id: regionId }))) return;
  throw invalidInput({ path: "regionId", message: "no such region" });
}
