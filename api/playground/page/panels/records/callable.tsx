import type { EffectivePermission, Page } from "@latchkey/sdk";

/** The first of what may be called, and how many more there are. */
export function Callable({ permissions }: { permissions: Page<EffectivePermission> }) {
  const { nodes, totalCount } = permissions;
  if (totalCount === 0) return <span className="faint">none</span>;
  return (
    <ul className="callable">
      {nodes.map(({ api }) => (
        <li key={api.id} title={api.name}>
          {nameOf(api)}
        </li>
      ))}
      {totalCount > nodes.length && <li className="faint">and {totalCount - nodes.length} more</li>}
    </ul>
  );
}

export function nameOf({ method, path, soapAction, operation, name }: EffectivePermission["api"]): string {
  return path === null ? (operation ?? soapAction ?? name) : `${method} ${path}`;
}
