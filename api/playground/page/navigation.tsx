import { addressOf, type ViewName, views } from "./view.js";

export function Navigation({ current }: { current: ViewName }) {
  return (
    <nav className="views" aria-label="Views">
      {views.map(({ name, title }) => (
        <a key={name} href={addressOf(name)} aria-current={name === current ? "page" : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}
