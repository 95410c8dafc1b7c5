import { createRoot } from "react-dom/client";
import { applyStoredTheme } from "./theme.js";

applyStoredTheme();
const root = createRoot(document.getElementById("playground")!);

// Each page loads what it shows: the editor is thirty times the size of a form.
if (location.pathname === "/reset-password") {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  // Out of the address bar and the history before anything else happens.
  history.replaceState(null, "", location.pathname);
  const { ResetPassword } = await import("./reset-password.js");
  root.render(<ResetPassword token={token} />);
} else {
  const { App } = await import("./app.js");
  root.render(<App />);
}
