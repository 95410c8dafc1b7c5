import { Arg, ID } from "type-graphql";
import { invalidInput } from "../errors.js";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** An argument that holds the id of a thing. What is no UUID is refused as input, not looked up. */
export function IdArg(name = "id", description = "The id (UUID).") {
  return Arg(name, () => ID, {
    description,
    validateFn: (value: unknown) => {
      if (typeof value !== "string" || !UUID.test(value)) throw invalidInput({ path: name, message: "must be a UUID" });
    },
  });
}
