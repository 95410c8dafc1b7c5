/** A latch: the bow of a key seen through its keyhole. */
export function Logo() {
  return (
    <span className="logo">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="logo-plate" />
        <path d="M16 7a5 5 0 0 0-2.6 9.3L12 25h8l-1.4-8.7A5 5 0 0 0 16 7z" className="logo-hole" />
      </svg>
      Latchkey
    </span>
  );
}
