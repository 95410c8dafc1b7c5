import { type ComponentType, lazy } from "react";
import type { View, ViewName } from "../view.js";

export interface PanelProps {
  readonly query: View["query"];
}

/** Each is loaded when it is first shown. */
export const panels: Partial<Record<ViewName, ComponentType<PanelProps>>> = {
  audit: lazy(() => import("./audit/audit-panel.js")),
};
