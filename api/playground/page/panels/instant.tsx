const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** An instant in the reader's own time zone; the exact one is told on pointing at it. */
export function Instant({ at, never = "never" }: { at: string | null; never?: string }) {
  if (at === null) return <span className="faint">{never}</span>;
  return (
    <time dateTime={at} title={at}>
      {format.format(new Date(at))}
    </time>
  );
}
