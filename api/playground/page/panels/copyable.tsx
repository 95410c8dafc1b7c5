import { useEffect, useState } from "react";

const SAID_MS = 2_000;

/** Text to take along, with a button that copies it. */
export function Copyable({ label, text }: { label: string; text: string }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return undefined;
    const timer = setTimeout(() => setSaid(""), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid("Copied"),
      () => setSaid("Select it and copy it by hand"),
    );
  };
  return (
    <figure className="copyable">
      <figcaption>
        {label}
        <button type="button" className="quiet" onClick={copy}>
          {said || "Copy"}
        </button>
        <span className="out-of-sight" role="status">
          {said}
        </span>
      </figcaption>
      {/* Scrolls, so it can be reached by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus to be scrolled by keys. */}
      <pre tabIndex={0}>{text}</pre>
    </figure>
  );
}
