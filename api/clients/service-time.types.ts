import { ArrayMaxSize, ArrayMinSize, ArrayUnique, Matches, ValidateNested } from "class-validator";
import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { Weekday } from "../conditions/service-time.js";
import { InputField, TextField } from "../graphql/fields.js";

const WINDOWS_MAX = 50;

registerEnumType(Weekday, { name: "Weekday" });

@InputType({ description: "Open on each of the days, from one time to another by the clock of the zone." })
export class ServiceWindowInput {
  @InputField(() => [Weekday], { description: "On which it opens: 1 to 7 different days." })
  @ArrayMinSize(1, { message: "must have at least 1 entry" })
  @ArrayUnique({ message: "must not repeat an entry" })
  days!: Weekday[];

  @InputField(() => String, { description: "`HH:MM`, from 00:00 to 23:59." })
  @Matches(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { message: "must be a time from 00:00 to 23:59" })
  opens!: string;

  @InputField(() => String, {
    description: "`HH:MM`, from 00:00 to 24:00; itself no longer open. Before `opens`: on the next day.",
  })
  @Matches(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, { message: "must be a time from 00:00 to 24:00" })
  closes!: string;
}

@InputType({ description: "When a client's credentials are allowed." })
export class ServiceTimeInput {
  @TextField({ max: 64, optional: true, description: "IANA time zone of the windows. Default: the client's." })
  timeZone?: string;

  @InputField(() => [ServiceWindowInput], { description: `1 to ${WINDOWS_MAX}, which must not overlap.` })
  @ArrayMinSize(1, { message: "must have at least 1 entry: to be always open, give no service time" })
  @ArrayMaxSize(WINDOWS_MAX, { message: `must have at most ${WINDOWS_MAX} entries` })
  @ValidateNested({ each: true })
  windows!: ServiceWindowInput[];
}

@ObjectType("ServiceWindow", { description: "Open on each of the days, from one time to another." })
export class ServiceWindowObject {
  @Field(() => [Weekday])
  days!: readonly Weekday[];

  @Field(() => String, { description: "`HH:MM`." })
  opens!: string;

  @Field(() => String, { description: "`HH:MM`; itself no longer open. No later than `opens`: on the next day." })
  closes!: string;
}

@ObjectType("ServiceTime", {
  description:
    "When a client's credentials are allowed: whenever a clock of the zone shows a time within a window. So an hour that the clock shows twice is open twice, and one that it skips does not come.",
})
export class ServiceTimeObject {
  @Field(() => String, { description: "IANA time zone of the windows." })
  timeZone!: string;

  @Field(() => [ServiceWindowObject])
  windows!: readonly ServiceWindowObject[];
}
