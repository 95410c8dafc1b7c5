import type { DataSource, EntityManager } from "typeorm";
import type { Call } from "../access/call.js";
import { Role } from "../access/permissions.js";
import { seesGroup } from "../access/reach.js";
import { record } from "../audit/record.js";
import { Client } from "../clients/client.entity.js";
import { ClientGroup } from "../clients/client-group.entity.js";
import { changeGroups, giveGroups } from "../clients/client-groups.js";
import { looksLikeId } from "../clients/find-client.js";
import { refusing } from "../database/constraint-errors.js";
import { containsPattern } from "../database/like-pattern.js";
import { newId } from "../database/new-id.js";
import { type Page, paginate } from "../database/paginate.js";
import { ApiError, conflict, invalidInput, notFound } from "../errors.js";
import { AuthorityGroup } from "../groups/authority-group.entity.js";
import { addressesOf } from "../notifications/addresses.js";
import type { Outbox } from "../notifications/outbox.js";
import { User } from "../users/user.entity.js";
import { AccessRequest, AccessRequestStatus } from "./access-request.entity.js";
import {
  AccessDecision,
  type AccessRequestArgs,
  type DecideAccessRequestInput,
  type RequestAccessInput,
} from "./access-request.types.js";

const NEWEST_FIRST = { name: "newest", expression: "request.id", type: "uuid", direction: "DESC" } as const;

const REFUSALS = {
  access_requests_one_open: ["groupId", "an open request for this group exists"],
  access_requests_group_id_fkey: ["groupId", "the authority group has just been deleted"],
} as const;

/** A mail goes to so many of those who may decide; more would be noise. */
const DECIDERS_MAX = 20;

export class AccessRequestService {
  constructor(
    private readonly database: DataSource,
    private readonly outbox: Outbox,
  ) {}

  list({ actor }: Call, args: AccessRequestArgs): Promise<Page<AccessRequest>> {
    const query = this.database.getRepository(AccessRequest).createQueryBuilder("request");
    const { status, clientId } = args.filter ?? {};
    if (actor.kind === "CLIENT") query.andWhere("request.clientId = :self", { self: actor.id });
    if (status != null) query.andWhere("request.status = :status", { status });
    if (clientId != null) {
      const column = looksLikeId(clientId) ? "id" : "client_id";
      query.andWhere(`request.clientId = (select c.id from clients c where c.${column} = :clientId)`, { clientId });
    }
    if (args.search?.trim()) {
      query.andWhere(
        `(request.reason ilike :search
          or exists (select 1 from authority_groups g where g.id = request.groupId and g.name ilike :search))`,
        { search: containsPattern(args.search) },
      );
    }
    return paginate(query, args, NEWEST_FIRST);
  }

  async request(call: Call, { groupId, reason }: RequestAccessInput): Promise<AccessRequest> {
    if (call.actor.kind !== "CLIENT")
      throw new ApiError("FORBIDDEN", "Only a client that has signed in asks for access.");
    return refusing(REFUSALS, () =>
      this.database.transaction(async (manager) => {
        const client = await manager.findOneByOrFail(Client, { id: call.actor.id });
        const group = await manager.findOneBy(AuthorityGroup, { id: groupId });
        if (!group || !seesGroup(call.actor, group)) {
          throw invalidInput({ path: "groupId", message: "no such authority group" });
        }
        if (await manager.existsBy(ClientGroup, { clientId: client.id, groupId })) {
          throw conflict("groupId", "the client holds this group already");
        }
        const request = manager.create(AccessRequest, {
          id: newId(call.now),
          clientId: client.id,
          groupId,
          reason,
          status: AccessRequestStatus.OPEN,
          decidedAt: null,
          decidedBy: null,
          decisionReason: null,
          createdAt: call.now,
        });
        await manager.insert(AccessRequest, request);
        await this.outbox.put(manager, call, {
          kind: "accessRequested",
          recipients: await decidersOf(manager),
          subject: `${client.displayName} asks for ${group.name}`,
          body: `${client.displayName} (${client.clientId}) asks for the authority group ${group.name}.\n\nReason:\n${reason}\n`,
          clientId: client.id,
        });
        const after = { groupId, reason };
        await record(manager, call, { ...about(request), event: "accessRequest.created", after });
        return request;
      }),
    );
  }

  /** Approving gives the group in the same transaction. A request is decided once. */
  decide(call: Call, { id, decision, reason }: DecideAccessRequestInput): Promise<AccessRequest> {
    return this.database.transaction(async (manager) => {
      const request = await manager.findOne(AccessRequest, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (!request) throw notFound("access request", `id=${id}`);
      if (request.status !== AccessRequestStatus.OPEN) {
        throw conflict("id", `the request was ${request.status.toLowerCase()} already`);
      }
      const client = await manager.findOneOrFail(Client, {
        where: { id: request.clientId },
        lock: { mode: "pessimistic_write" },
      });
      const approved = decision === AccessDecision.APPROVE;
      if (approved) {
        await changeGroups(manager, call, client, { event: "client.groupsAdded", reason }, () =>
          giveGroups(manager, client, [request.groupId]),
        );
      }
      const status = approved ? AccessRequestStatus.APPROVED : AccessRequestStatus.DENIED;
      const changes = { status, decidedAt: call.now, decidedBy: call.actor.name, decisionReason: reason };
      await manager.update(AccessRequest, { id }, changes);
      await this.tellClient(manager, call, client, Object.assign(request, changes));
      const facts = {
        before: { status: AccessRequestStatus.OPEN },
        after: { status, groupId: request.groupId },
        reason,
      };
      await record(manager, call, { ...about(request), event: "accessRequest.decided", ...facts });
      return request;
    });
  }

  private async tellClient(
    manager: EntityManager,
    call: Call,
    client: Client,
    { groupId, status, decisionReason }: AccessRequest,
  ): Promise<void> {
    const group = await manager.findOneByOrFail(AuthorityGroup, { id: groupId });
    const outcome = status === AccessRequestStatus.APPROVED ? "approved" : "denied";
    await this.outbox.put(manager, call, {
      kind: "accessDecided",
      recipients: addressesOf(client),
      subject: `Access to ${group.name} was ${outcome}`,
      body: `The request of ${client.displayName} for the authority group ${group.name} was ${outcome}.\n\nReason:\n${decisionReason}\n`,
      clientId: client.id,
    });
  }
}

function about({ id }: AccessRequest) {
  return { targetKind: "AccessRequest", targetId: id } as const;
}

/** The addresses of those who may decide. */
async function decidersOf(manager: EntityManager): Promise<string[]> {
  const deciders = await manager
    .createQueryBuilder(User, "account")
    .where("account.role in (:...roles) and account.email is not null", {
      roles: [Role.SYSTEM_ADMIN, Role.OPERATOR],
    })
    .orderBy("account.id")
    .limit(DECIDERS_MAX)
    .getMany();
  return deciders.flatMap((user) => addressesOf(user));
}
