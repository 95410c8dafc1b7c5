import { holdsGuarantees } from "./guarantees.js";

/** Others on this machine may run Caddy too. */
const ALONE = "{\n\tadmin off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n";

holdsGuarantees({
  name: "Caddy",
  program: "caddy",
  setUp: ({ caddyfile = "" }) => ({
    files: { Caddyfile: ALONE + caddyfile },
    arguments: ["run", "--config", "Caddyfile", "--adapter", "caddyfile"],
  }),
});
