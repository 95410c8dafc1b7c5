import { describe, it } from "node:test";
import { expect } from "expect";
import { isRegisteredRedirect } from "../../api/oauth/redirect-match.js";

const REGISTERED = [
  "https://partner.example.com/callback",
  "com.example.app:/callback",
  "http://127.0.0.1/callback",
  "http://[::1]:8080/callback?from=app",
  "http://127.0.0.1",
  "http://localhost:3000/callback",
];

describe("a redirect", () => {
  for (const given of [
    ...REGISTERED,
    "http://127.0.0.1:1/callback",
    "http://127.0.0.1:65535/callback",
    "http://[::1]/callback?from=app",
    "http://[::1]:51004/callback?from=app",
    "http://127.0.0.1:8080",
  ])
    it(`RFC 8252 7.3: may lead to ${given}`, () => expect(isRegisteredRedirect(REGISTERED, given)).toBe(true));

  for (const given of [
    "",
    "https://partner.example.com/callback/",
    "https://partner.example.com/callback?",
    "https://partner.example.com/callback#",
    "https://partner.example.com:443/callback",
    "https://partner.example.com/Callback",
    "https://partner.example.com.evil.example.com/callback",
    "https://partner.example.com@evil.example.com/callback",
    "http://partner.example.com/callback",
    "https://127.0.0.1:8080/callback",
    "http://127.0.0.1:0/callback",
    "http://127.0.0.1:08080/callback",
    "http://127.0.0.1:65536/callback",
    "http://127.0.0.1:/callback",
    "http://127.0.0.1:80@evil.example.com/callback",
    "http://127.0.0.1:8080.evil.example.com/callback",
    "http://127.0.0.1:8080\\@evil.example.com/callback",
    "http://127.0.0.2:8080/callback",
    "http://127.1:8080/callback",
    "http://[::1]:8080/callback",
    "http://[0:0:0:0:0:0:0:1]:8080/callback?from=app",
    "http://localhost:3001/callback",
    "HTTP://127.0.0.1:8080/callback",
    "http://127.0.0.1:8080/callback\nx",
  ])
    it(`RFC 9700 2.1: may not lead to ${JSON.stringify(given)}`, () =>
      expect(isRegisteredRedirect(REGISTERED, given)).toBe(false));
});
