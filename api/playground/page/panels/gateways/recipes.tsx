import type { GatewayRecipe } from "@latchkey/sdk";
import { Copyable } from "../copyable.js";
import { Tabs } from "../tabs.js";

const TITLES: Readonly<Record<GatewayRecipe["gateway"], string>> = {
  NGINX: "nginx",
  HAPROXY: "HAProxy",
  CADDY: "Caddy",
  TRAEFIK: "Traefik",
  ENVOY: "Envoy",
};

interface RecipesProps {
  readonly recipes: readonly GatewayRecipe[];
  readonly chosen: string;
  readonly onChoose: (gateway: string) => void;
}

export function Recipes({ recipes, chosen, onChoose }: RecipesProps) {
  if (recipes.length === 0) return null;
  return (
    <Tabs
      label="Gateways"
      chosen={chosen || "NGINX"}
      onChoose={onChoose}
      tabs={recipes.map((recipe) => ({
        name: recipe.gateway,
        title: TITLES[recipe.gateway],
        content: <Recipe {...recipe} />,
      }))}
    />
  );
}

function Recipe({ files, note }: GatewayRecipe) {
  return (
    <>
      <p>{note}</p>
      {files.map(({ name, content }) => (
        <div key={name}>
          <Copyable label={name} text={content} />
          <a download={name} href={`data:text/plain;charset=utf-8,${encodeURIComponent(content)}`}>
            Download {name}
          </a>
        </div>
      ))}
    </>
  );
}
