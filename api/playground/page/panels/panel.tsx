import type { ReactNode } from "react";

interface PanelProps {
  readonly title: string;
  readonly lead: string;
  /** Fields and buttons that say what is shown. */
  readonly tools?: ReactNode;
  readonly failure?: string;
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** The frame that all panels share. */
export function Panel({ title, lead, tools, failure = "", busy = false, children }: PanelProps) {
  return (
    <section className="panel" aria-labelledby="panel-title" aria-busy={busy}>
      <div className="panel-head">
        <h2 id="panel-title">{title}</h2>
        <p className="panel-lead">{lead}</p>
        {tools && <div className="panel-tools">{tools}</div>}
      </div>
      <p className={failure ? "message message-failure" : "out-of-sight"} role="alert">
        {failure}
      </p>
      {children}
    </section>
  );
}
