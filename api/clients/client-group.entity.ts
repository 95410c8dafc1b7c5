import { Entity, PrimaryColumn } from "typeorm";

/** An authority group given to a client. */
@Entity("client_groups")
export class ClientGroup {
  @PrimaryColumn("uuid")
  clientId!: string;

  @PrimaryColumn("uuid")
  groupId!: string;
}
