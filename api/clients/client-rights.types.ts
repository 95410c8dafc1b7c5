import { ArgsType, InputType } from "type-graphql";
import { IdentifierField, IdListField, InputField } from "../graphql/fields.js";
import { SearchArgs } from "../graphql/search.js";
import { SecurityLevel } from "../groups/security-level.js";

@InputType()
export class SetClientSecurityLevelInput {
  @IdentifierField({ description: "The client's `id` or its client id." })
  clientId!: string;

  @InputField(() => SecurityLevel, { description: "The highest level of groups that it may hold from now on." })
  securityLevel!: SecurityLevel;

  @InputField(() => Boolean, {
    optional: true,
    description: "Take what is above the new level from the client and its keys. Without it, that is in the way.",
  })
  detach?: boolean;
}

@InputType()
export class ClientScopesInput {
  @IdentifierField({ description: "The client's `id` or its client id." })
  clientId!: string;

  @IdListField({ min: 1, max: 100, description: "Scopes." })
  scopeIds!: string[];
}

@ArgsType()
export class AssignableGroupArgs extends SearchArgs {
  @IdentifierField({ description: "The client's `id` or its client id." })
  clientId!: string;
}
