import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { InstantColumn } from "../database/instant-column.js";
import { GrantType } from "./grant-type.js";
import { Validity, ValidityUnit } from "./validity.js";

@ObjectType({ description: "How a client may come by tokens, and how long and how often they can be used." })
@Entity("token_settings")
export class TokenSettings {
  @PrimaryColumn("uuid")
  clientId!: string;

  @Field(() => [GrantType], {
    description: "None: it comes by no token. One that this deployment does not allow just now cannot be used.",
  })
  @Column("text", { array: true })
  grantTypes!: GrantType[];

  @Field(() => Int, {
    name: "accessTokenUses",
    description:
      "How many calls may be made with an access token. 0: any number. Validity or uses: whichever ends first.",
  })
  @Column("integer")
  accessUses!: number;

  @Field(() => Int, { name: "refreshTokenUses", description: "How often a grant can be refreshed. 0: any number." })
  @Column("integer")
  refreshUses!: number;

  @Field(() => [String], {
    description:
      "Where a user's browser may be sent back to: matched to the letter, but for the port of a loopback address (RFC 8252 section 7.3).",
  })
  @Column("text", { array: true })
  redirectUrls!: string[];

  @Field(() => Validity, { description: "Of access tokens, from their issue on." })
  get accessTokenValidity(): Validity {
    return { amount: this.accessAmount, unit: this.accessUnit };
  }

  @Field(() => Validity, { description: "Of refresh tokens, from their issue on." })
  get refreshTokenValidity(): Validity {
    return { amount: this.refreshAmount, unit: this.refreshUnit };
  }

  // Columns below carry no @Field: they never leave the server as they are.

  @Column("integer")
  accessAmount!: number;

  @Column("text")
  accessUnit!: ValidityUnit;

  @Column("integer")
  refreshAmount!: number;

  @Column("text")
  refreshUnit!: ValidityUnit;

  @InstantColumn()
  updatedAt!: Date;
}

/** Of a client that nobody has set any for. */
export function defaultTokenSettings(clientId: string): TokenSettings {
  return Object.assign(new TokenSettings(), {
    clientId,
    grantTypes: [GrantType.CLIENT_CREDENTIALS],
    accessAmount: 1,
    accessUnit: ValidityUnit.DAY,
    refreshAmount: 1,
    refreshUnit: ValidityUnit.DAY,
    accessUses: 0,
    refreshUses: 0,
    redirectUrls: [],
    updatedAt: new Date(0),
  });
}
