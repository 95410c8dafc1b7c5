import { spawnSync } from "node:child_process";

/** What `npm run dev` runs anew on every change: build, then serve. A build that fails waits for the next change. */
const { status } = spawnSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
if (status === 0) await import("./main.js");
else process.exitCode = 1;
