/** Both the editor and the rest of the page go by this class; without it, by the system's preference. */
export function applyStoredTheme(): void {
  const theme = localStorage.getItem("graphiql:theme");
  if (theme === "light" || theme === "dark") document.body.classList.add(`graphiql-${theme}`);
}
