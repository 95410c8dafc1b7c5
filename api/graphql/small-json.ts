import { ValidateBy } from "class-validator";

/** A JSON object whose text is no longer than `charactersMax`. */
export function IsSmallJson(charactersMax: number): PropertyDecorator {
  return ValidateBy(
    {
      name: "isSmallJson",
      validator: {
        validate: (value: unknown) =>
          typeof value === "object" &&
          value !== null &&
          !Array.isArray(value) &&
          JSON.stringify(value).length <= charactersMax,
      },
    },
    { message: `must be a JSON object of at most ${charactersMax} characters` },
  );
}
