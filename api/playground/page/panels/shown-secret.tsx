import { Copyable } from "./copyable.js";

/** What the server tells once, and this page nowhere keeps. */
export function ShownSecret({ label, secret }: { label: string; secret: string }) {
  return (
    <div className="shown-secret">
      <Copyable label={label} text={secret} />
      <p className="faint">Shown this once: copy it now. It is gone when this closes.</p>
    </div>
  );
}
