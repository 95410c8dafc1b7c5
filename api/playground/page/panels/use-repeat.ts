import { useEffect, useRef } from "react";

/** Does it over and over while somebody looks at the page. */
export function useRepeat(action: () => void, everyMs: number, enabled: boolean): void {
  const latest = useRef(action);
  latest.current = action;

  useEffect(() => {
    if (!enabled) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") latest.current();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, enabled]);
}
