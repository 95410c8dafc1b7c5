import { parse } from "content-type";

/** What a call names as its SOAP action; `problem` when it cannot be told for sure. */
export type NamedAction = { readonly action: string | undefined } | { readonly problem: string };

/** In quotes as SOAP 1.1 section 6.1.1 has it, or bare as many send it. */
const HEADER_VALUE = /^\s*(?:"([\x21\x23-\x7e]*)"|([\x21\x23-\x7e]*))\s*$/;
const ACTION_LENGTH_MAX = 1_000;

const NONE: NamedAction = { action: undefined };
const UNREADABLE = { problem: "The call's SOAP action cannot be read." };
const TWO_ACTIONS = { problem: "The call names more than one SOAP action." };

/**
 * The action in the `SOAPAction` header (SOAP 1.1) or in the content type (SOAP 1.2, RFC 3902 section 2). An upstream
 * could go by either, so two that differ name none. An empty one says no more than the URL does.
 */
export function readSoapAction(header: string | undefined, contentType: string | undefined): NamedAction {
  if (header === undefined && contentType === undefined) return NONE;
  const named = [fromHeader(header), fromContentType(contentType)];
  const actions = new Set<string>();
  for (const each of named) {
    if ("problem" in each) return each;
    if (each.action !== undefined && each.action !== "") actions.add(each.action);
  }
  const [action, ...others] = actions;
  return others.length > 0 ? TWO_ACTIONS : { action };
}

function fromHeader(header: string | undefined): NamedAction {
  if (header === undefined) return NONE;
  const match = header.length > ACTION_LENGTH_MAX ? null : HEADER_VALUE.exec(header);
  return match ? { action: match[1] ?? match[2] } : UNREADABLE;
}

function fromContentType(contentType: string | undefined): NamedAction {
  const mentions = contentType?.match(/;\s*action\s*=/gi)?.length ?? 0;
  if (contentType === undefined || mentions === 0) return NONE;
  if (mentions > 1) return TWO_ACTIONS;
  // Also of `multipart/related`, which carries SOAP with attachments.
  const action = parse(contentType).parameters["action"];
  return action === undefined || !/^[\x21\x23-\x7e]{0,1000}$/.test(action) ? UNREADABLE : { action };
}
