import { Latchkey, SdkError } from "@latchkey/sdk";
import { ask, askSecret } from "../ask.js";
import { UsageError } from "../exit-codes.js";
import type { Facts } from "../output.js";
import type { AddCommands, Work } from "../work.js";
import { note } from "../write.js";

interface Who {
  readonly name: string;
  readonly kind: string;
  readonly role: string | null;
  readonly permissions: readonly string[];
}

const WHO: Facts<Who> = {
  name: ({ name }) => name,
  kind: ({ kind }) => kind,
  role: ({ role }) => role,
  permissions: ({ permissions }) => permissions,
};

export const addSigningIn: AddCommands = (program, act) => {
  program
    .command("sign-in")
    .description("sign in, and keep the session for 12 hours; the password is asked for, or read from standard input")
    .option("--name <name>", "a user's name or a client's client id; left out, it is asked for")
    .addHelpText("after", "\nExample:\n  npm run latchkey -- sign-in --name admin < password.txt")
    .action(act(signIn));
  program.command("sign-out").description("end the session that was kept for this server").action(act(signOut));
  program
    .command("who-am-i")
    .description("show who is signed in, and what they may do")
    .action(act(async ({ latchkey, output, call }) => output.thing(await (await latchkey()).me(call), WHO)));
};

async function signIn({ url, sessions, output, call }: Work, { name: given }: { name?: string }): Promise<void> {
  if (given === undefined && !process.stdin.isTTY) throw new UsageError("--name is needed where nobody can be asked");
  const name = given ?? (await ask("Name:"));
  const password = await askSecret("Password:");
  const { token, expiresAt, actor } = await new Latchkey({ url }).signIn({ name, password }, call);
  await sessions.keep(url, { name: actor.name, token, expiresAt });
  await output.thing({ ...actor, expiresAt }, { ...WHO, "signed in until": (signedIn) => signedIn.expiresAt });
  if (actor.passwordChangeRequired) note("The password must be changed before anything else: use the playground.");
}

async function signOut({ url, sessions, output, call }: Work): Promise<void> {
  const session = await sessions.find(url);
  const signedOut = session !== undefined;
  if (signedOut) {
    const ending = new Latchkey({ url, credential: session.token }).signOut(call);
    // Ended elsewhere, it is over as well.
    await ending.catch((error) => {
      if (!(error instanceof SdkError && error.code === "UNAUTHENTICATED")) throw error;
    });
  }
  await sessions.forget(url);
  await output.thing({ signedOut }, { "signed out": ({ signedOut: ended }) => ended });
}
