import type { CodeSample } from "@latchkey/sdk";
import { Copyable } from "../copyable.js";
import { Tabs } from "../tabs.js";
import { useAnswer } from "../use-answer.js";

const TITLES: Readonly<Record<CodeSample["language"], string>> = { CURL: "curl", PYTHON: "Python", NODE: "Node" };

/** How to call with a key. The secret is no part of it: each reads it from the environment. */
export function SamplesOfKey({ id }: { id: string }) {
  const { data: samples } = useAnswer(id, (latchkey, signal) => latchkey.keys.samples(id, undefined, { signal }));
  if (!samples) return null;
  if (samples.length === 0) return <p className="faint">There are no samples: the key may call nothing yet.</p>;
  return (
    <Tabs
      label="Samples"
      tabs={samples.map(({ language, title, code }) => ({
        name: language,
        title: TITLES[language],
        content: <Copyable label={`${title}, with the secret in API_KEY`} text={code} />,
      }))}
    />
  );
}
