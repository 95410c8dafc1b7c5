import { Column, Entity, PrimaryColumn } from "typeorm";

/** An authority group given to a key; its foreign key keeps it within the client's. */
@Entity("api_key_groups")
export class ApiKeyGroup {
  @PrimaryColumn("uuid")
  apiKeyId!: string;

  @PrimaryColumn("uuid")
  groupId!: string;

  @Column("uuid")
  clientId!: string;
}
