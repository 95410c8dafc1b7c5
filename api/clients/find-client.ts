import type { EntityManager } from "typeorm";
import { notFound } from "../errors.js";
import { Client } from "./client.entity.js";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text reads like an id. No client id may, so that a reference never means two clients. */
export function looksLikeId(text: string): boolean {
  return UUID.test(text);
}

/** Finds a client by its id or its client id. With a lock, it stays as it is until the transaction ends. */
export async function findClient(
  manager: EntityManager,
  reference: string,
  lock?: "pessimistic_write" | "for_no_key_update",
): Promise<Client> {
  const client = await manager.findOne(Client, {
    where: looksLikeId(reference) ? { id: reference } : { clientId: reference },
    ...(lock && { lock: { mode: lock } }),
  });
  if (!client) throw notFound("client", `reference=${reference}`);
  return client;
}
