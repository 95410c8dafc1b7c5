import type { DataSource } from "typeorm";
import { Collection } from "../../catalogue/collection.entity.js";
import { Region } from "../../catalogue/region.entity.js";
import { invalidInput, notFound } from "../../errors.js";
import type { Address } from "./recipe.js";
import type { GatewayRecipe, GatewayRecipesInput } from "./recipe.types.js";
import { writeRecipes } from "./write-recipes.js";

/** Names that mean the same in every configuration, whatever stands around them. */
const PLAIN = /^[A-Za-z0-9._-]+$/;

export class RecipeService {
  constructor(
    private readonly database: DataSource,
    private readonly publicUrl: () => string,
    private readonly listensAt: () => string,
  ) {}

  async list(input: GatewayRecipesInput): Promise<GatewayRecipe[]> {
    const upstream = readAddress("upstream", input.upstream);
    const latchkey = this.latchkeyOf(input);
    const collection = await this.nameOf(input.collectionId);
    return writeRecipes({ upstream, latchkey, collection, hasGatewayKey: input.hasGatewayKey ?? false });
  }

  private latchkeyOf({ latchkey }: GatewayRecipesInput): Address {
    if (latchkey !== undefined) return readAddress("latchkey", latchkey);
    return addressIn(this.publicUrl()) ?? readAddress("latchkey", this.listensAt());
  }

  /** As `<region code>/<collection name>` where that can stand in a configuration, else by its id. */
  private async nameOf(collectionId: string): Promise<string> {
    const collection = await this.database.manager.findOneBy(Collection, { id: collectionId });
    if (!collection) throw notFound("collection", `id=${collectionId}`);
    const region = await this.database.manager.findOneBy(Region, { id: collection.regionId });
    const names = [region?.code ?? "", collection.name];
    return names.every((name) => PLAIN.test(name)) ? names.join("/") : collection.id;
  }
}

function readAddress(path: string, text: string): Address {
  const address = addressIn(text);
  if (!address) {
    throw invalidInput({
      path,
      message: "must be an address such as http://orders.internal:9000, without path and TLS",
    });
  }
  return address;
}

/** What may stand in every configuration as it is: a host name or an IPv4 address, and a port. */
const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const HTTP_PORT = "80";

function addressIn(text: string): Address | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(text);
  const isBare = pathname === "/" && search + hash + username + password === "";
  if (protocol !== "http:" || !isBare || !HOST_NAME.test(hostname)) return undefined;
  return { hostname, port: port || HTTP_PORT, host: `${hostname}:${port || HTTP_PORT}` };
}
