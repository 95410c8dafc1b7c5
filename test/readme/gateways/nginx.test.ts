import { holdsGuarantees } from "./guarantees.js";

const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

holdsGuarantees({
  name: "nginx",
  program: "nginx",
  setUp: ({ nginx = "" }, directory) => ({
    files: {
      "nginx.conf": [
        "daemon off;",
        `pid ${directory}/pid;`,
        "events {}",
        "http {",
        "access_log off;",
        ...TEMPORARY.map((name) => `${name}_temp_path ${directory}/${name};`),
        nginx,
        "}",
      ].join("\n"),
    },
    // The error log is a file: it tells of every call that is refused.
    arguments: ["-p", directory, "-c", `${directory}/nginx.conf`, "-e", `${directory}/error.log`],
  }),
});
