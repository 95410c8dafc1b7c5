const BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IP_V4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);

/** Whether the text is an IP address, also of version 6. Not every platform has `node:net`. */
export function isAddress(text: string): boolean {
  if (IP_V4.test(text)) return true;
  if (!/^[\da-f.]*:[\da-f:.]*$/i.test(text)) return false;
  try {
    return new URL(`http://[${text}]/`).port === "";
  } catch {
    return false;
  }
}
