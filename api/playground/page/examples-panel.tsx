import { useState, useSyncExternalStore } from "react";
import { type Example, type ExampleGroup, exampleGroups } from "./examples/examples.js";
import type { Known } from "./fill-in.js";
import { useOpenExample } from "./open-example.js";
import type { Recollection } from "./recollection.js";

const isNarrow = () => matchMedia("(max-width: 760px)").matches;

export function ExamplesPanel({ recollection }: { recollection: Recollection }) {
  const [shown, setShown] = useState(() => !isNarrow());
  const [status, setStatus] = useState("");
  const known = useSyncExternalStore(recollection.subscribe, recollection.current);
  const openExample = useOpenExample();

  const choose = (example: Example) => {
    if (isNarrow()) setShown(false);
    openExample?.(example, known);
    setStatus(`Opened "${example.title}" in the editor.`);
  };

  return (
    <aside className={shown ? "examples" : "examples examples-closed"} aria-label="Examples">
      <button
        type="button"
        className="examples-toggle"
        aria-expanded={shown}
        aria-controls="examples-list"
        onClick={() => setShown(!shown)}
      >
        <span className="examples-toggle-label">Examples</span>
        <Chevron />
      </button>
      <div id="examples-list" className="examples-list" hidden={!shown}>
        {exampleGroups.map((group) => (
          <Group key={group.title} group={group} known={known} disabled={!openExample} onChoose={choose} />
        ))}
      </div>
      <p className="out-of-sight" role="status">
        {status}
      </p>
    </aside>
  );
}

interface GroupProps {
  readonly group: ExampleGroup;
  readonly known: Known;
  readonly disabled: boolean;
  readonly onChoose: (example: Example) => void;
}

function Group({ group, known, disabled, onChoose }: GroupProps) {
  return (
    <section>
      <h2>{group.title}</h2>
      <ul>
        {group.examples.map((example) => (
          <li key={example.title}>
            <button type="button" className="example" disabled={disabled} onClick={() => onChoose(example)}>
              <ExampleText example={example} done={isDone(example, known)} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ExampleText({ example, done }: { example: Example; done: boolean }) {
  return (
    <>
      {example.step !== undefined && <span className={done ? "step step-done" : "step"}>{example.step}</span>}
      <span>
        <span className="example-title">{example.title}</span>
        <span className="example-explains">{example.explains}</span>
        {done && <span className="out-of-sight">Done.</span>}
      </span>
    </>
  );
}

function Chevron() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M10 3 5 8l5 5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}

function isDone(example: Example, known: Known): boolean {
  const names = Object.keys(example.remembers ?? {});
  return names.length > 0 && names.every((name) => known[name] !== undefined);
}
