import { useEffect, useRef, useState } from "react";

const TYPING_MS = 300;

interface SearchFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** Told once the typing has paused. */
  readonly onSearch: (text: string) => void;
}

export function SearchField({ label, hint, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const latest = useRef(onSearch);
  latest.current = onSearch;

  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => latest.current(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value]);

  return (
    <label className="field">
      {label}
      <input
        type="search"
        value={text}
        maxLength={200}
        placeholder={hint}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  );
}
