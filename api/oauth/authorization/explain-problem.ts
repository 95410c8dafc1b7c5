import { ApiError } from "../../errors.js";
import { asOAuthError, type OAuthError } from "../oauth-error.js";
import type { Page } from "../pages/page.js";
import { type ProblemPageOptions, problemPage } from "../pages/problem-page.js";

interface Circumstances {
  readonly requestId: string;
  /** Where the page was, to look at it again. */
  readonly retryUrl: string | undefined;
}

/** Whatever has ended a request, told to the person before the browser. */
export function explainProblem(error: unknown, { requestId, retryUrl }: Circumstances): Page {
  const told = tell(error);
  return problemPage({ ...told, requestId, retryUrl: told.retryAfterSeconds === undefined ? undefined : retryUrl });
}

type Told = Pick<ProblemPageOptions, "status" | "heading" | "text" | "detail" | "retryAfterSeconds">;

function tell(error: unknown): Told {
  if (error instanceof ApiError && error.code === "RATE_LIMITED") {
    const { message: text, retryAfterSeconds } = error;
    return { status: 429, heading: "Too many people are signing in", text, retryAfterSeconds };
  }
  if (error instanceof ForeignForm) {
    return { status: 403, heading: "This form came from another site", text: error.message };
  }
  const { statusCode: status = 500, message: text } = error as {
    readonly statusCode?: number;
    readonly message: string;
  };
  // What the framework refuses: a body that is too large, a method that is not served.
  if (status < 500) return { status, heading: "This cannot be answered", text };
  return tellOAuth(asOAuthError(error));
}

function tellOAuth({ status, description, retryAfterSeconds }: OAuthError): Told {
  if (status === 503) return { status, heading: "Not just now", text: description, retryAfterSeconds };
  if (status >= 500) return { status, heading: "Something went wrong here", text: description };
  const text =
    "The application that sent you here asked in a way that cannot be answered. Tell the people who make it.";
  return { status: 400, heading: "This link does not work", text, detail: description };
}

/** Sent from a page that is none of ours: nothing was done. */
export class ForeignForm extends Error {
  override readonly name = "ForeignForm";

  constructor() {
    super("Nothing was done. Go back to the application that you came from, and start there.");
  }
}
