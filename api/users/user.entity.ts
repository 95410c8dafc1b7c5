import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { Role } from "../access/permissions.js";
import { InstantColumn } from "../database/instant-column.js";

registerEnumType(Role, {
  name: "Role",
  description: "What a user may do.",
  valuesConfig: {
    SYSTEM_ADMIN: { description: "Everything." },
    OPERATOR: {
      description: "Manages clients, groups, the catalogue, and the keys of clients; sees own keys besides.",
    },
    AUDITOR: { description: "Reads everything, changes nothing." },
    MEMBER: { description: "Own keys only." },
  },
});

@ObjectType({ description: "A person with an account here." })
@Entity("users")
export class User {
  @Field(() => ID)
  @PrimaryColumn("uuid")
  id!: string;

  @Field(() => String, { description: "The name to sign in with. Upper and lower case are the same name." })
  @Column("text")
  userName!: string;

  @Field(() => Role)
  @Column("text")
  role!: Role;

  @Field(() => String, { description: "IANA time zone in which a day without a time is read." })
  @Column("text")
  timeZone!: string;

  @Field(() => String, { nullable: true, description: "Where mails go; null: nowhere." })
  @Column("text", { nullable: true })
  email!: string | null;

  @Field(() => Date)
  @InstantColumn()
  createdAt!: Date;

  @Field(() => Date)
  @InstantColumn()
  updatedAt!: Date;

  // Columns below carry no @Field: they never leave the server.

  @Column("text")
  passwordDigest!: string;
}
