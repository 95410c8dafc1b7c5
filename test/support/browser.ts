import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/usr/local/bin/chromium",
  "/opt/homebrew/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const executablePath = places.find((place) => existsSync(place));

/** For the `skip` option of a test: the reason, when this machine has no browser to drive. */
export const noBrowser = executablePath ? false : "no Chromium or Chrome was found on this machine";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface WatchedPage {
  readonly page: Page;
  /** Addresses asked for that do not belong to `origin`. */
  readonly foreignRequests: readonly string[];
  /** What the browser complained about: errors, refused by policy or thrown. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens the playground and signs in. */
export async function signInAt({ page }: WatchedPage, address: string, name: string, password: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Opens an empty page in a browser with a profile of its own, and watches what it asks for. */
export async function openPage(origin: string): Promise<WatchedPage> {
  const browser: Browser = await chromium.launch({ ...(executablePath && { executablePath }), args: QUIET });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const foreignRequests: string[] = [];
  const complaints: string[] = [];

  const watch = (address: string) => {
    const { protocol, host } = new URL(address);
    if (!["data:", "blob:"].includes(protocol) && host !== new URL(origin).host) foreignRequests.push(address);
  };
  const complain = (text: string) => {
    // The editor reports work that it gave up when it was closed.
    if (!text.startsWith("Canceled")) complaints.push(text);
  };
  page.on("request", (request) => watch(request.url()));
  page.on("websocket", (socket) => watch(socket.url()));
  page.on("pageerror", (error) => complain(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complain(message.text());
  });

  return { page, foreignRequests, complaints, close: () => browser.close() };
}
