import { describe, it } from "node:test";
import { expect } from "expect";
import { withoutSecrets } from "../../api/playground/page/without-secrets.js";

const SECRET = `lk_key_Ab3dEf6hIj9k${"x".repeat(38)}`;
const HARD_PASSWORD = 'pass"word\\';

describe("what the playground stores", () => {
  const texts: readonly (readonly [string, string])[] = [
    ["variables", JSON.stringify({ input: { credential: SECRET, password: HARD_PASSWORD } }, null, 2)],
    [
      "tabs, which hold variables as text",
      JSON.stringify({ tabs: [{ variables: JSON.stringify({ credential: SECRET, clientSecret: HARD_PASSWORD }) }] }),
    ],
    [
      "an operation with its values written out",
      `mutation { a(password: ${JSON.stringify(HARD_PASSWORD)}, key: "${SECRET}") }`,
    ],
    [
      "variables that are not finished yet",
      `{ "password": ${JSON.stringify(HARD_PASSWORD)}, "credential": "${SECRET}", `,
    ],
  ];

  for (const [what, text] of texts) {
    it(`holds no secret: ${what}`, () => {
      const stored = withoutSecrets(text);
      expect(stored).toContain("lk_key_Ab3dEf6hIj9k…");
      expect(stored).not.toContain("xxx");
      expect(stored).not.toMatch(/pass.?"word/);
    });
  }

  it("is otherwise what was written", () => {
    const text = "query WhoAmI {\n  me {\n    name\n  }\n}";
    expect(withoutSecrets(text)).toBe(text);
  });
});
