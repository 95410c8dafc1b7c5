import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { applyStoredTheme } from "./theme.js";

applyStoredTheme();
createRoot(document.getElementById("playground")!).render(<App />);
