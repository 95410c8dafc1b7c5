import type { ExampleGroup } from "./example.js";

export const startHere: ExampleGroup = {
  title: "Start here",
  examples: [
    {
      title: "Who am I",
      explains: "The account this page is signed in with.",
      document: `query WhoAmI {
  me {
    id
    kind
    name
    role
  }
}`,
    },
  ],
};
