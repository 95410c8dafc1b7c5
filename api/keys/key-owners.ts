import type { EntityManager } from "typeorm";
import type { Actor } from "../access/actor.js";
import type { CreateApiKeyInput } from "./api-key.types.js";
import { findOwner, groupsHeldBy, type KeyOwner } from "./draft-api-key.js";

export interface OwnerWithGroups {
  readonly owner: KeyOwner;
  readonly held: readonly { readonly id: string }[];
}

/** The owners of many new keys, each found and locked once. */
export class KeyOwners {
  private readonly known = new Map<string, Promise<OwnerWithGroups>>();

  constructor(
    private readonly manager: EntityManager,
    private readonly actor: Actor,
  ) {}

  of(input: CreateApiKeyInput): Promise<OwnerWithGroups> {
    const reference = JSON.stringify([input.clientId, input.userId]);
    const known = this.known.get(reference) ?? this.find(input);
    this.known.set(reference, known);
    return known;
  }

  private async find(input: CreateApiKeyInput): Promise<OwnerWithGroups> {
    const owner = await findOwner(this.manager, this.actor, input);
    return { owner, held: await groupsHeldBy(this.manager, owner) };
  }
}
