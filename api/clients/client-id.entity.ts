import { Entity, PrimaryColumn } from "typeorm";

/** A client id that was given once. It stays when its client is deleted, so that it is never given again. */
@Entity("client_ids")
export class ClientId {
  @PrimaryColumn("text")
  clientId!: string;
}
