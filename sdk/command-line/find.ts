import {
  type AuthorityGroup,
  type CallOptions,
  type Collection,
  type Latchkey,
  type Region,
  SdkError,
} from "@latchkey/sdk";
import { UsageError } from "./exit-codes.js";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function isId(text: string): boolean {
  return UUID.test(text);
}

/** People know names, the server wants ids. An id is taken as it is. */
export class Finder {
  private readonly groups = new Map<string, Promise<string>>();

  constructor(
    private readonly latchkey: Latchkey,
    private readonly call: CallOptions,
  ) {}

  groupIds(names: readonly string[]): Promise<string[]> {
    return Promise.all(names.map((name) => this.groupId(name)));
  }

  async regionId(code: string): Promise<string> {
    if (isId(code)) return code;
    const found = await one(
      this.latchkey.regions.all({ search: code }, this.call),
      (region: Region) => region.code === code,
    );
    if (!found) throw notFound("region", code);
    return found.id;
  }

  /** By id or as `<region code>/<collection name>`. */
  async collectionId(text: string): Promise<string> {
    if (isId(text)) return text;
    const [, code = "", name = ""] = /^([^/]+)\/(.+)$/.exec(text) ?? [];
    if (name === "") throw new UsageError(`a collection is an id or <region code>/<collection name>, not ${text}`);
    const regionId = await this.regionId(code);
    const found = await one(
      this.latchkey.collections.all({ regionId, search: name }, this.call),
      (collection: Collection) => collection.name === name,
    );
    if (!found) throw notFound("collection", text);
    return found.id;
  }

  /** Each name is looked up once, however many keys hold it. */
  private groupId(name: string): Promise<string> {
    const known = this.groups.get(name) ?? this.findGroup(name);
    this.groups.set(name, known);
    return known;
  }

  private async findGroup(name: string): Promise<string> {
    if (isId(name)) return name;
    const all = this.latchkey.groups.all({ search: name }, this.call);
    const found = await one(all, (group: AuthorityGroup) => group.name === name);
    if (!found) throw notFound("authority group", name);
    return found.id;
  }
}

function notFound(kind: string, name: string): SdkError {
  return new SdkError("NOT_FOUND", `There is no ${kind} ${name}.`);
}

async function one<Thing>(things: AsyncIterable<Thing>, is: (thing: Thing) => boolean): Promise<Thing | undefined> {
  for await (const thing of things) if (is(thing)) return thing;
  return undefined;
}
