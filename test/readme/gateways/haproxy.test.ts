import { holdsGuarantees } from "./guarantees.js";

holdsGuarantees({
  name: "HAProxy",
  program: "haproxy",
  setUp: ({ haproxy = "", lua = "" }) => ({
    files: { "haproxy.cfg": haproxy, "latchkey.lua": lua },
    arguments: ["-db", "-q", "-f", "haproxy.cfg"],
  }),
});
