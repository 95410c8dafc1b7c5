import { Entity, PrimaryColumn } from "typeorm";

/** An authority group in a scope. */
@Entity("scope_groups")
export class ScopeGroup {
  @PrimaryColumn("uuid")
  scopeId!: string;

  @PrimaryColumn("uuid")
  groupId!: string;
}
