import { Entity, PrimaryColumn } from "typeorm";

/** A scope given to a client. */
@Entity("client_scopes")
export class ClientScope {
  @PrimaryColumn("uuid")
  clientId!: string;

  @PrimaryColumn("uuid")
  scopeId!: string;
}
