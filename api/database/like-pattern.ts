/** A LIKE pattern that finds the keyword itself: its wildcards count as letters. */
export function containsPattern(keyword: string): string {
  return `%${keyword.trim().replace(/[\\%_]/g, "\\$&")}%`;
}
