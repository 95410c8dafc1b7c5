import { Field, InputType, ObjectType } from "type-graphql";
import { TextField } from "../graphql/fields.js";

@InputType({ description: "An address, or more, from which a client's credentials are allowed." })
export class HostBindingInput {
  @TextField({ max: 100, description: "For people; unique within the client, in upper and lower case." })
  name!: string;

  @TextField({
    max: 253,
    description:
      "An IPv4 or IPv6 address, a network such as `10.0.0.0/8` or `2001:db8::/32`, or a host name. IPv4 mapped into IPv6 counts as the IPv4. A host name stands for what it resolves to, looked up every half minute; one that does not resolve stands for nothing.",
  })
  match!: string;
}

@ObjectType({ description: "An address, or more, from which a client's credentials are allowed." })
export class HostBinding {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: "An address, a network, or a host name." })
  match!: string;
}
