import { useId, useState } from "react";
import { useAnswer } from "./use-answer.js";

interface ClientFieldProps {
  readonly label: string;
  /** A client id; empty where none is chosen. */
  readonly value: string;
  readonly problem?: string | undefined;
  readonly required?: boolean;
  readonly onChoose: (clientId: string) => void;
}

const SUGGESTIONS = 20;

/** A client id, with suggestions for what is typed. */
export function ClientField({ label, value, problem, required = false, onChoose }: ClientFieldProps) {
  const list = useId();
  const hint = useId();
  const [text, setText] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    setGiven(value);
    setText(value);
  }
  const { data: clients } = useAnswer(text, (latchkey, signal) =>
    latchkey.clients.list({ search: text || null, first: SUGGESTIONS }, { signal }),
  );

  const type = (typed: string) => {
    setText(typed);
    const isKnown = clients?.nodes.some(({ clientId }) => clientId === typed);
    if (typed === "" || isKnown) onChoose(typed);
  };
  return (
    <label className="field">
      {label}
      <input
        type="search"
        list={list}
        value={text}
        maxLength={50}
        required={required}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="client id or name"
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? hint : undefined}
        onChange={(event) => type(event.target.value)}
        onBlur={() => text !== value && onChoose(text.trim())}
      />
      <datalist id={list}>
        {clients?.nodes.map(({ id, clientId, displayName }) => (
          <option key={id} value={clientId}>
            {displayName}
          </option>
        ))}
      </datalist>
      {problem && (
        <small id={hint} className="problem">
          {problem}
        </small>
      )}
    </label>
  );
}
