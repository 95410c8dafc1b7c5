import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";

export interface Tab {
  readonly name: string;
  readonly title: string;
  readonly content: ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** Which one is shown; left out, the first, and which it is stays here. */
  readonly chosen?: string;
  readonly onChoose?: (name: string) => void;
}

/** By the ARIA practice for tabs: arrows move, and what is moved to is shown. */
export function Tabs({ label, tabs, chosen, onChoose }: TabsProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState(tabs[0]?.name ?? "");
  const shown = tabs.find(({ name }) => name === (chosen ?? own)) ?? tabs[0];

  const choose = (name: string) => {
    setOwn(name);
    onChoose?.(name);
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || !shown) return;
    const place = (tabs.indexOf(shown) + step + tabs.length) % tabs.length;
    choose(tabs[place]?.name ?? "");
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[place]?.focus();
  };
  return (
    <div className="tabs">
      <div ref={list} role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(({ name, title }) => (
          <button
            key={name}
            id={`${id}-${name}`}
            type="button"
            role="tab"
            aria-selected={name === shown?.name}
            aria-controls={`${id}-panel`}
            tabIndex={name === shown?.name ? 0 : -1}
            onClick={() => choose(name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${shown?.name}`}>
        {shown?.content}
      </div>
    </div>
  );
}
