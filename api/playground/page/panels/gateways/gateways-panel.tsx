import { replaceView } from "../../view.js";
import { Panel } from "../panel.js";
import type { PanelProps } from "../panels.js";
import { PlaceChoices } from "../place-choices.js";
import { SearchField } from "../search-field.js";
import { useAnswer } from "../use-answer.js";
import { GatewayKeys } from "./gateway-keys.js";
import { Recipes } from "./recipes.js";

const UPSTREAM = "http://127.0.0.1:9000";

export default function GatewaysPanel({ query }: PanelProps) {
  const of = (name: string) => query.get(name) ?? "";
  const shown = {
    region: of("region"),
    collection: of("collection"),
    upstream: of("upstream") || UPSTREAM,
    latchkey: of("latchkey"),
    outside: of("outside"),
    gateway: of("gateway"),
  };
  const show = (change: Partial<typeof shown>) => replaceView("gateways", { ...shown, ...change });
  const { collection, upstream, latchkey, outside } = shown;

  const recipes = useAnswer(JSON.stringify([collection, upstream, latchkey, outside]), async (server, signal) => {
    if (collection === "") return [];
    const input = {
      collectionId: collection,
      upstream,
      latchkey: latchkey || undefined,
      hasGatewayKey: outside === "yes",
    };
    return server.gatewayKeys.recipes(input, { signal });
  });

  return (
    <Panel
      title="Gateways"
      lead="Files that make a gateway ask Latchkey about every call, with the right values in them."
      failure={recipes.failure}
      busy={recipes.loading}
      tools={
        <>
          <PlaceChoices regionId={shown.region} collectionId={collection} onChoose={show} />
          <SearchField
            label="Upstream"
            hint={UPSTREAM}
            value={upstream}
            onSearch={(text) => show({ upstream: text.trim() })}
          />
          <SearchField
            label="Latchkey, as the gateway reaches it"
            hint="this server"
            value={latchkey}
            onSearch={(text) => show({ latchkey: text.trim() })}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={outside === "yes"}
              onChange={() => show({ outside: outside === "yes" ? "" : "yes" })}
            />
            Asks from outside VERIFY_NETWORKS
          </label>
        </>
      }
    >
      {collection === "" ? (
        <p className="nothing">Choose the collection whose APIs the gateway protects.</p>
      ) : (
        <Recipes recipes={recipes.data ?? []} chosen={shown.gateway} onChoose={(gateway) => show({ gateway })} />
      )}
      <GatewayKeys />
    </Panel>
  );
}
