import { type ComponentType, lazy } from "react";
import type { View, ViewName } from "../view.js";

export interface PanelProps {
  readonly query: View["query"];
}

/** Each is loaded when it is first shown. */
export const panels: Partial<Record<ViewName, ComponentType<PanelProps>>> = {
  records: lazy(() => import("./records/records-panel.js")),
  usage: lazy(() => import("./usage/usage-panel.js")),
  audit: lazy(() => import("./audit/audit-panel.js")),
  gateways: lazy(() => import("./gateways/gateways-panel.js")),
};
