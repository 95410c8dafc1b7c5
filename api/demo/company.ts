import type { CreateClientInput, Role } from "@latchkey/sdk";
import { BILLING_WSDL, CUSTOMS_WSDL, SHIPMENTS_API, TRACKING_API } from "./documents.js";

/** Nordfrakt, a freight company that nobody has heard of. */
export const REGIONS = [
  { code: "nordics", name: "Nordics" },
  { code: "central", name: "Central Europe" },
  { code: "us-east", name: "US East" },
] as const;

export type RegionCode = (typeof REGIONS)[number]["code"];

interface DemoCollection {
  readonly region: RegionCode;
  readonly name: string;
  readonly openApi?: string;
  readonly wsdl?: string;
}

export const COLLECTIONS: readonly DemoCollection[] = [
  { region: "nordics", name: "shipments", openApi: SHIPMENTS_API },
  { region: "nordics", name: "tracking", openApi: TRACKING_API },
  { region: "central", name: "shipments", openApi: SHIPMENTS_API },
  { region: "central", name: "customs", wsdl: CUSTOMS_WSDL },
  { region: "us-east", name: "tracking", openApi: TRACKING_API },
  { region: "us-east", name: "billing", wsdl: BILLING_WSDL },
];

interface DemoGroup {
  readonly name: string;
  readonly description: string;
  readonly securityLevel: "A" | "B" | "C";
  /** Parts of the names of its APIs. */
  readonly apis: RegExp;
  readonly collections: readonly string[];
}

export const GROUPS: readonly DemoGroup[] = [
  {
    name: "shipments-read",
    description: "Look at shipments and rates",
    securityLevel: "C",
    apis: /List|Read|Quote/,
    collections: ["shipments"],
  },
  {
    name: "shipments-book",
    description: "Book and cancel shipments",
    securityLevel: "B",
    apis: /Book|Cancel/,
    collections: ["shipments"],
  },
  {
    name: "tracking",
    description: "Follow parcels",
    securityLevel: "C",
    apis: /Track|Register/,
    collections: ["tracking"],
  },
  {
    name: "customs",
    description: "Declare goods and pay duty",
    securityLevel: "A",
    apis: /./,
    collections: ["customs"],
  },
  {
    name: "billing",
    description: "Read invoices",
    securityLevel: "B",
    apis: /./,
    collections: ["billing"],
  },
];

export const SCOPES = [
  { name: "shipments", description: "Everything about shipments", groups: ["shipments-read", "shipments-book"] },
  { name: "tracking", description: "Where parcels are", groups: ["tracking"] },
  { name: "billing", description: "Invoices", groups: ["billing"] },
] as const;

/** The password of all users and clients of the demo. */
export const DEMO_PASSWORD = "a-demo-pass-phrase";

export const USERS: readonly { readonly userName: string; readonly role: Role }[] = [
  { userName: "olga", role: "OPERATOR" },
  { userName: "aino", role: "AUDITOR" },
  { userName: "mikko", role: "MEMBER" },
];

type ClientFields = Pick<
  CreateClientInput,
  "displayName" | "quota" | "tpsPerNode" | "priority" | "securityLevel" | "serviceTime" | "hostBindings" | "tags"
>;

export interface DemoClient extends ClientFields {
  readonly clientId: string;
  readonly region: RegionCode;
  readonly groups: readonly string[];
  readonly scopes?: readonly string[];
  /** Calls on a busy day, and the share of them that is refused. */
  readonly callsADay: number;
  readonly refused: number;
  /** Hours from UTC: when its days are. */
  readonly utcOffset: number;
  readonly isLocked?: boolean;
  /** Days from today. */
  readonly startsIn?: number;
  readonly endsIn?: number;
}

const office = (timeZone: string): NonNullable<ClientFields["serviceTime"]> => ({
  timeZone,
  windows: [{ days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"], opens: "06:00", closes: "22:00" }],
});

const month = (limit: number): ClientFields["quota"] => ({ limit, period: "MONTH" });

export const CLIENTS: readonly DemoClient[] = [
  {
    clientId: "web-shop",
    displayName: "Nordfrakt web shop",
    region: "nordics",
    groups: ["shipments-read", "shipments-book", "tracking"],
    scopes: ["shipments", "tracking"],
    securityLevel: "B",
    priority: 1,
    quota: month(900_000),
    callsADay: 21_000,
    refused: 0.01,
    utcOffset: 1,
    tags: ["own"],
  },
  {
    clientId: "mobile-app",
    displayName: "Nordfrakt mobile app",
    region: "nordics",
    groups: ["shipments-read", "tracking"],
    scopes: ["tracking"],
    priority: 1,
    quota: month(1_500_000),
    callsADay: 34_000,
    refused: 0.02,
    utcOffset: 1,
    tags: ["own"],
  },
  {
    clientId: "warehouse-tampere",
    displayName: "Warehouse Tampere",
    region: "nordics",
    groups: ["shipments-read", "tracking"],
    serviceTime: office("Europe/Helsinki"),
    callsADay: 5_200,
    refused: 0.05,
    utcOffset: 2,
    tags: ["warehouse"],
  },
  {
    clientId: "warehouse-graz",
    displayName: "Warehouse Graz",
    region: "central",
    groups: ["shipments-read"],
    callsADay: 3_900,
    refused: 0.01,
    utcOffset: 1,
    tags: ["warehouse"],
  },
  {
    clientId: "customs-desk",
    displayName: "Customs desk",
    region: "central",
    groups: ["customs", "shipments-read"],
    securityLevel: "A",
    priority: 0,
    callsADay: 1_400,
    refused: 0.03,
    utcOffset: 1,
    tags: ["own"],
  },
  {
    clientId: "partner-alpenpost",
    displayName: "Alpenpost",
    region: "central",
    groups: ["shipments-read", "shipments-book"],
    scopes: ["shipments"],
    securityLevel: "B",
    quota: month(120_000),
    tpsPerNode: 50,
    callsADay: 5_600,
    refused: 0.08,
    utcOffset: 1,
    tags: ["partner"],
  },
  {
    clientId: "partner-fjordline",
    displayName: "Fjordline",
    region: "nordics",
    groups: ["tracking"],
    quota: { limit: 10_000, period: "DAY" },
    callsADay: 8_200,
    refused: 0.04,
    utcOffset: 1,
    tags: ["partner"],
  },
  {
    clientId: "partner-harborlink",
    displayName: "Harborlink",
    region: "us-east",
    groups: ["tracking", "billing"],
    scopes: ["billing"],
    securityLevel: "B",
    quota: month(200_000),
    tpsPerNode: 20,
    callsADay: 6_100,
    refused: 0.02,
    utcOffset: -5,
    tags: ["partner"],
  },
  {
    clientId: "bookkeeping",
    displayName: "Bookkeeping",
    region: "us-east",
    groups: ["billing"],
    securityLevel: "B",
    callsADay: 700,
    refused: 0.01,
    utcOffset: -5,
    tags: ["own"],
  },
  {
    clientId: "price-bot",
    displayName: "Price comparison",
    region: "nordics",
    groups: ["shipments-read"],
    quota: month(60_000),
    priority: 9,
    tpsPerNode: 5,
    callsADay: 2_900,
    refused: 0.35,
    utcOffset: 1,
    isLocked: true,
    tags: ["partner"],
  },
  {
    clientId: "partner-old-mill",
    displayName: "Old Mill Transport",
    region: "us-east",
    groups: ["tracking"],
    callsADay: 0,
    refused: 0,
    utcOffset: -5,
    startsIn: -400,
    endsIn: -3,
    tags: ["partner"],
  },
  {
    clientId: "partner-polar",
    displayName: "Polar Express Logistics",
    region: "nordics",
    groups: ["tracking"],
    callsADay: 0,
    refused: 0,
    utcOffset: 1,
    startsIn: 14,
    tags: ["partner"],
  },
];
