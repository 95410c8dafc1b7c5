import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsDefined,
  IsEmail,
  IsOptional,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from "class-validator";
import { Field, ID, Int } from "type-graphql";

/** How an input field may be left out. `clearable` also takes null, which clears the stored value. */
interface Presence {
  readonly description: string;
  readonly optional?: boolean;
  readonly clearable?: boolean;
}

interface TextRules extends Presence {
  readonly min?: number;
  readonly max: number;
  /** Line breaks and tabs are allowed too. */
  readonly multiline?: boolean;
}

/** No control characters, and no half of a surrogate pair, which PostgreSQL cannot store. */
const LINE = /^[^\p{Cc}\p{Cs}]*$/u;
const PROSE = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;
const IDENTIFIER = /^[A-Za-z0-9_-]*$/;

/** A text input. Its limits stand in the schema's description, because they are read from here. */
export function TextField({ min = 1, max, multiline = false, ...presence }: TextRules): PropertyDecorator {
  const text = multiline ? PROSE : LINE;
  return compose(
    input(() => String, presence, `${min} to ${max} characters`),
    Length(min, max, { message: `must have ${min} to ${max} characters` }),
    Matches(min > 0 ? /\S/ : /^/, { message: "must not be blank" }),
    Matches(text, { message: "must not contain control characters or unpaired surrogates" }),
  );
}

/** A password: any characters but control characters (1.2). Whether it is strong enough is judged where it is set. */
export function PasswordField(presence: Presence): PropertyDecorator {
  return compose(
    input(() => String, presence, "1 to 128 characters"),
    Length(1, 128, { message: "must have 1 to 128 characters" }),
    Matches(LINE, { message: "must not contain control characters or unpaired surrogates" }),
  );
}

/** One address, as RFC 5321 section 4.5.3.1 limits it. */
export function EmailField(presence: Presence): PropertyDecorator {
  return compose(
    input(() => String, presence, "Up to 254 characters"),
    IsEmail({}, { message: "must be an e-mail address such as ada@example.com" }),
    Length(1, 254, { message: "must have 1 to 254 characters" }),
  );
}

/** A scope token of OAuth 2.0 (RFC 6749 section 3.3): visible ASCII without `"` and backslash. */
export function ScopeTokenField(presence: Presence): PropertyDecorator {
  return compose(
    input(() => String, presence, '1 to 100 visible ASCII characters without " and \\'),
    Length(1, 100, { message: "must have 1 to 100 characters" }),
    Matches(/^[\x21\x23-\x5b\x5d-\x7e]*$/, { message: 'must consist of visible ASCII characters without " and \\' }),
  );
}

/** `[A-Za-z0-9_-]{1,50}`. */
export function IdentifierField(presence: Presence): PropertyDecorator {
  return compose(
    input(() => String, presence, "1 to 50 of A-Z a-z 0-9 _ -"),
    Length(1, 50, { message: "must have 1 to 50 characters" }),
    Matches(IDENTIFIER, { message: "must consist of A-Z a-z 0-9 _ -" }),
  );
}

/** An absolute http or https URL, with or without a query. */
export function UrlField({ query, ...presence }: Presence & { query: boolean }): PropertyDecorator {
  const message = `must be an absolute http or https URL without ${query ? "" : "query and "}fragment`;
  return compose(
    input(() => String, presence, "An absolute http or https URL of 1 to 2000 characters"),
    Length(1, 2_000, { message: "must have 1 to 2000 characters" }),
    IsUrl(
      {
        protocols: ["http", "https"],
        require_protocol: true,
        require_tld: false,
        allow_query_components: query,
        allow_fragments: false,
      },
      { message },
    ),
  );
}

/** Of a deletion: whether what uses the thing may lose it. */
export function ConfirmField({ description }: Pick<Presence, "description">): PropertyDecorator {
  const refusal = "Without true, a thing that is in use stays, and the answer says what uses it.";
  return input(() => Boolean, { optional: true, description: `${description} ${refusal}` });
}

export function IdField(presence: Presence): PropertyDecorator {
  return compose(
    input(() => ID, presence),
    IsUUID("all", { message: "must be a UUID" }),
  );
}

export function IdListField({
  min = 0,
  max,
  ...presence
}: Presence & { min?: number; max: number }): PropertyDecorator {
  return compose(
    input(() => [ID], presence, `${min} to ${max} ids`),
    ...listRules(min, max, (id) => id.toLowerCase()),
    IsUUID("all", { each: true, message: "must be a UUID" }),
  );
}

/** A list of short texts, each of 1 to `length` characters. */
export function TextListField({
  max,
  length,
  ...presence
}: Presence & { max: number; length: number }): PropertyDecorator {
  return compose(
    input(() => [String], presence, `Up to ${max}, each of 1 to ${length} characters`),
    ...listRules(0, max, (text) => text),
    Length(1, length, { each: true, message: `must have 1 to ${length} characters each` }),
    Matches(LINE, { each: true, message: "must not contain control characters or unpaired surrogates" }),
  );
}

export function IntegerField({ min, max, ...presence }: Presence & { min: number; max: number }): PropertyDecorator {
  return compose(
    input(() => Int, presence, `${min} to ${max}`),
    Min(min, { message: `must be at least ${min}` }),
    Max(max, { message: `must be at most ${max}` }),
  );
}

/** Any other input type that checks itself: enums, scalars, nested inputs. */
export function InputField(type: () => object, presence: Presence): PropertyDecorator {
  return input(type as () => StringConstructor, presence);
}

/** `identity` brings entries that mean the same into one form. */
function listRules(min: number, max: number, identity: (entry: string) => string): PropertyDecorator[] {
  return [
    IsArray({ message: "must be a list" }),
    ArrayMinSize(min, { message: `must have at least ${min} entries` }),
    ArrayMaxSize(max, { message: `must have at most ${max} entries` }),
    ArrayUnique((entry: unknown) => (typeof entry === "string" ? identity(entry) : entry), {
      message: "must not repeat an entry",
    }),
  ];
}

function input(type: () => StringConstructor | object, presence: Presence, limits?: string): PropertyDecorator {
  const { description, optional = false, clearable = false } = presence;
  const text = limits === undefined ? description : `${description} ${limits}.`;
  const decorators = [Field(type as () => StringConstructor, { description: text, nullable: optional || clearable })];
  if (clearable) return compose(...(decorators as PropertyDecorator[]), IsOptional());
  if (optional) {
    // Null is not "left out": it would slip past and clear a required value.
    const rules = [
      ValidateIf((_, value) => value !== undefined),
      IsDefined({ message: "must not be null: leave it out" }),
    ];
    return compose(...(decorators as PropertyDecorator[]), ...rules);
  }
  return compose(...(decorators as PropertyDecorator[]));
}

function compose(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
