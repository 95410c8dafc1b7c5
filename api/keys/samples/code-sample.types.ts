import { Field, ObjectType, registerEnumType } from "type-graphql";

export enum SampleLanguage {
  CURL = "CURL",
  PYTHON = "PYTHON",
  NODE = "NODE",
}

registerEnumType(SampleLanguage, {
  name: "SampleLanguage",
  description: "What a sample is written in.",
  valuesConfig: {
    CURL: { description: "A shell command with curl." },
    PYTHON: { description: "Python 3 with the library `requests`." },
    NODE: { description: "An ES module for Node 20 and later, with nothing else." },
  },
});

@ObjectType({
  description:
    "A call that is ready to run. It reads the key's secret from the environment variable `API_KEY`, and never holds it.",
})
export class CodeSample {
  @Field(() => SampleLanguage)
  language!: SampleLanguage;

  @Field(() => String, { description: "What it calls, such as `GET /orders/{id}`: fill in what stands in braces." })
  title!: string;

  @Field(() => String, { description: "The text of the program." })
  code!: string;
}
