import { Entity, PrimaryColumn } from "typeorm";

/** An API in an authority group. */
@Entity("group_apis")
export class GroupApi {
  @PrimaryColumn("uuid")
  groupId!: string;

  @PrimaryColumn("uuid")
  apiId!: string;
}
