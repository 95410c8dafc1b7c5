import { chmod, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { expect } from "expect";
import { startWorld, type World } from "../support/world.js";
import { CommandLine } from "./command-line.js";

describe("signing in from the command line", () => {
  let world: World;
  let line: CommandLine;
  let file: string;

  before(async () => {
    world = await startWorld();
    line = await CommandLine.open({ LATCHKEY_URL: world.url });
    file = join(line.home, ".config/latchkey/sessions.json");
  });

  after(async () => {
    await line.close();
    await world.stop();
  });

  it("keeps a session that only its owner can read, tells it nobody, and ends it", async () => {
    const nobody = await line.run(["who-am-i"]);
    expect([nobody.code, nobody.stdout]).toEqual([1, ""]);
    expect(nobody.stderr).toContain("UNAUTHENTICATED: Nobody is signed in");

    const signedIn = await line.run(["sign-in", "--name", world.admin.name], `${world.admin.password}\n`);
    expect([signedIn.code, signedIn.stderr]).toEqual([0, ""]);
    expect(JSON.parse(signedIn.stdout)).toMatchObject({ name: "admin", role: "SYSTEM_ADMIN" });
    const [session] = Object.values(JSON.parse(await readFile(file, "utf8")) as Record<string, { token: string }>);
    expect(session?.token).toMatch(/^lk_/);
    expect(signedIn.stdout).not.toContain(session?.token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await line.read(["who-am-i"])).toMatchObject({ name: "admin" });
    // A session is for the server that gave it.
    const elsewhere = await line.run(["--url", "http://127.0.0.1:9", "who-am-i"]);
    expect(elsewhere.stderr).toContain("UNAUTHENTICATED: Nobody is signed in at http://127.0.0.1:9.");

    await chmod(file, 0o644);
    const exposed = await line.run(["who-am-i"]);
    expect([exposed.code, exposed.stderr.includes("others may read")]).toEqual([2, true]);
    await chmod(file, 0o600);

    expect(await line.read(["sign-out"])).toEqual({ signedOut: true });
    const { errors } = await world.graphql("{ me { name } }", {}, session?.token);
    expect(errors[0]?.extensions).toMatchObject({ code: "UNAUTHENTICATED" });
    expect((await line.run(["who-am-i"])).code).toBe(1);
    expect(await line.read(["sign-out"])).toEqual({ signedOut: false });
  });

  it("keeps nothing of a sign-in that was refused", async () => {
    const refused = await line.run(["sign-in", "--name", world.admin.name], "not-the-pass-phrase");
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toMatch(/^UNAUTHENTICATED: /);
    expect(refused.stderr).not.toContain("not-the-pass-phrase");
    expect((await line.run(["who-am-i"])).code).toBe(1);
  });
});
