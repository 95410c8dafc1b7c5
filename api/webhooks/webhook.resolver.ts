import { Arg, Args, Mutation, Query, Resolver } from "type-graphql";
import type { Call } from "../access/call.js";
import { CurrentCall } from "../graphql/context.js";
import { IdArg } from "../graphql/id-arg.js";
import { Policy } from "../graphql/policy.js";
import { Webhook } from "./webhook.entity.js";
import type { WebhookService } from "./webhook.service.js";
import {
  CreateWebhookInput,
  DeleteWebhookInput,
  RotateWebhookSecretInput,
  TestWebhookInput,
  UpdateWebhookInput,
  WebhookArgs,
  WebhookConnection,
  WebhookDeliveryArgs,
  WebhookDeliveryConnection,
  WebhookSecretPayload,
} from "./webhook.types.js";
import { WebhookDelivery } from "./webhook-delivery.entity.js";

@Resolver(() => Webhook)
export class WebhookResolver {
  constructor(private readonly service: WebhookService) {}

  @Policy("webhooks:read")
  @Query(() => WebhookConnection, {
    description: "Webhooks, newest first. The search finds URLs and descriptions.",
  })
  webhooks(@Args(() => WebhookArgs) args: WebhookArgs) {
    return this.service.list(args);
  }

  @Policy("webhooks:read")
  @Query(() => Webhook, { description: "One webhook. Errors: NOT_FOUND." })
  webhook(@IdArg() id: string) {
    return this.service.get(id);
  }

  @Policy("webhooks:read")
  @Query(() => WebhookDeliveryConnection, {
    description: "What webhooks were told, and are still to be told, newest first.",
  })
  webhookDeliveries(@Args(() => WebhookDeliveryArgs) args: WebhookDeliveryArgs) {
    return this.service.deliveries(args);
  }

  @Policy("webhooks:write")
  @Mutation(() => WebhookSecretPayload, {
    description:
      "Have an address told of events. Deliveries are tried for a day, at longer and longer intervals, until the receiver answers 2xx within ten seconds. Errors: INVALID_INPUT (the URL is none, or leads where it must not), CONFLICT (there are 50).",
  })
  createWebhook(@CurrentCall() call: Call, @Arg("input", () => CreateWebhookInput) input: CreateWebhookInput) {
    return this.service.create(call, input);
  }

  @Policy("webhooks:write")
  @Mutation(() => Webhook, {
    description: "Change a webhook, or switch it on or off. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  updateWebhook(@CurrentCall() call: Call, @Arg("input", () => UpdateWebhookInput) input: UpdateWebhookInput) {
    return this.service.update(call, input);
  }

  @Policy("webhooks:write")
  @Mutation(() => Webhook, {
    description: "Delete a webhook, for good, and all that it was or is to be told. Errors: NOT_FOUND.",
  })
  deleteWebhook(@CurrentCall() call: Call, @Arg("input", () => DeleteWebhookInput) input: DeleteWebhookInput) {
    return this.service.delete(call, input);
  }

  @Policy("webhooks:write")
  @Mutation(() => WebhookSecretPayload, {
    description:
      "Give a webhook a new secret. Until the grace is over each delivery is signed with both. Errors: INVALID_INPUT, NOT_FOUND.",
  })
  rotateWebhookSecret(
    @CurrentCall() call: Call,
    @Arg("input", () => RotateWebhookSecretInput) input: RotateWebhookSecretInput,
  ) {
    return this.service.rotateSecret(call, input);
  }

  @Policy("webhooks:write")
  @Mutation(() => WebhookDelivery, {
    description:
      "Send a webhook a `webhook.test` event; `webhookDeliveries` tells how it went. Errors: NOT_FOUND, CONFLICT (it is not enabled).",
  })
  testWebhook(@CurrentCall() call: Call, @Arg("input", () => TestWebhookInput) input: TestWebhookInput) {
    return this.service.test(call, input);
  }
}
