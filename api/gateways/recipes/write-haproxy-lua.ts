import type { RecipeValues } from "./recipe.js";

export function writeHaproxyLua({ latchkey, hasGatewayKey }: RecipeValues): string {
  const keyLine = hasGatewayKey
    ? `    ["x-latchkey-gateway-key"] = { "GATEWAY_KEY" },
`
    : `    -- From outside VERIFY_NETWORKS: ["x-latchkey-gateway-key"] = { "the gateway's key" },
`;
  return `local LATCHKEY = "http://${latchkey.host}/v1/authorize"
-- HAProxy tries four times.
local TIMEOUT_MS = 1000
-- Of the call, for Latchkey; of an allowed answer, for the upstream; of a refusal, for the caller.
local ASKED_WITH = { "x-api-key", "authorization", "soapaction", "content-type" }
local IDENTITY = {
  "x-latchkey-client-id", "x-latchkey-key-id", "x-latchkey-user-name",
  "x-latchkey-groups", "x-latchkey-scopes", "x-latchkey-priority",
}
local TOLD = { "content-type", "www-authenticate", "retry-after", "ratelimit", "ratelimit-policy", "x-latchkey-code" }

local function refuse(txn, status, answer)
  local reply = txn:reply({ status = status })
  for _, name in ipairs(TOLD) do
    for _, value in pairs((answer.headers or {})[name] or {}) do reply:add_header(name, value) end
  end
  reply:set_body(answer.body or "")
  txn:done(reply)
end

core.register_action("latchkey", { "http-req" }, function(txn, collection)
  local path = txn.sf:pathq()
  local headers = {
    ["x-forwarded-method"] = { txn.sf:method() },
    -- An empty path would name no call, and the credential alone would be judged.
    ["x-forwarded-uri"] = { path ~= "" and path or "*" },
    ["x-forwarded-for"] = { txn.sf:src() },
    ["x-latchkey-collection"] = { collection },
${keyLine}  }
  local call = txn.http:req_get_headers()
  for _, name in ipairs(ASKED_WITH) do
    for _, value in pairs(call[name] or {}) do
      headers[name] = headers[name] or {}
      table.insert(headers[name], value)
    end
  end

  local answer = core.httpclient():get({ url = LATCHKEY, headers = headers, timeout = TIMEOUT_MS })
  if answer.status == 200 then
    for _, name in ipairs(IDENTITY) do txn.http:req_set_header(name, answer.headers[name][0]) end
    txn:set_var("txn.latchkey", "allowed")
  elseif answer.status == 401 or answer.status == 403 or answer.status == 429 then
    refuse(txn, answer.status, answer)
  else
    refuse(txn, 503, answer)
  end
end, 1)
`;
}
