import {
  CreateWebhookDocument,
  type CreateWebhookInput,
  type CreateWebhookMutation,
  DeleteWebhookDocument,
  RotateWebhookSecretDocument,
  type RotateWebhookSecretInput,
  TestWebhookDocument,
  UpdateWebhookDocument,
  type UpdateWebhookInput,
  WebhookDeliveriesDocument,
  type WebhookDeliveriesQueryVariables,
  type WebhookDeliveryFragment,
  WebhookDocument,
  type WebhookFragment,
  WebhooksDocument,
  type WebhooksQueryVariables,
} from "../generated/operations.js";
import type { Graphql } from "../graphql.js";
import type { CallOptions } from "../options.js";
import { everyNode, type Page, pageOf, type WithoutPage } from "../paging.js";

/** An address that is told of events. */
export type Webhook = WebhookFragment;

/** A webhook with its secret, which is shown this once. */
export type CreatedWebhook = CreateWebhookMutation["createWebhook"];

/** What a webhook was, or is still to be told. */
export type WebhookDelivery = WebhookDeliveryFragment;

/** Addresses that are told of events, signed as Standard Webhooks says. */
export class Webhooks {
  /** @internal */
  constructor(private readonly graphql: Graphql) {}

  /** The secret in the answer is shown this once. Errors: `INVALID_INPUT`, `CONFLICT` when there are 50. */
  async create(input: CreateWebhookInput, options?: CallOptions): Promise<CreatedWebhook> {
    return (await this.graphql.run(CreateWebhookDocument, { input }, options)).createWebhook;
  }

  /** Errors: `NOT_FOUND`. */
  async get(id: string, options?: CallOptions): Promise<Webhook> {
    return (await this.graphql.run(WebhookDocument, { id }, options)).webhook;
  }

  /** One page, newest first unless `orderBy` says otherwise. */
  async list(query: WebhooksQueryVariables = {}, options?: CallOptions): Promise<Page<Webhook>> {
    return pageOf((await this.graphql.run(WebhooksDocument, query, options)).webhooks);
  }

  /** Every webhook, page after page. */
  all(query: WithoutPage<WebhooksQueryVariables> = {}, options?: CallOptions): AsyncGenerator<Webhook> {
    return everyNode((page, each) => this.list(page, each), query, options);
  }

  /** Changes what is given, or switches it on or off. Errors: `INVALID_INPUT`, `NOT_FOUND`. */
  async update(input: UpdateWebhookInput, options?: CallOptions): Promise<Webhook> {
    return (await this.graphql.run(UpdateWebhookDocument, { input }, options)).updateWebhook;
  }

  /** For good, with all that it was or is to be told. Errors: `NOT_FOUND`. */
  async delete(id: string, options?: CallOptions): Promise<Webhook> {
    return (await this.graphql.run(DeleteWebhookDocument, { input: { id } }, options)).deleteWebhook;
  }

  /** Until the grace is over each delivery is signed with both secrets. Errors: `INVALID_INPUT`, `NOT_FOUND`. */
  async rotateSecret(input: RotateWebhookSecretInput, options?: CallOptions): Promise<CreatedWebhook> {
    return (await this.graphql.run(RotateWebhookSecretDocument, { input }, options)).rotateWebhookSecret;
  }

  /** Sends it a `webhook.test` event. Errors: `NOT_FOUND`, `CONFLICT` when it is not enabled. */
  async test(id: string, options?: CallOptions): Promise<WebhookDelivery> {
    return (await this.graphql.run(TestWebhookDocument, { input: { id } }, options)).testWebhook;
  }

  /** One page of what webhooks were, or are still to be told, newest first. */
  async listDeliveries(
    query: WebhookDeliveriesQueryVariables = {},
    options?: CallOptions,
  ): Promise<Page<WebhookDelivery>> {
    return pageOf((await this.graphql.run(WebhookDeliveriesDocument, query, options)).webhookDeliveries);
  }

  /** Every delivery that is kept, page after page. */
  allDeliveries(
    query: WithoutPage<WebhookDeliveriesQueryVariables> = {},
    options?: CallOptions,
  ): AsyncGenerator<WebhookDelivery> {
    return everyNode((page, each) => this.listDeliveries(page, each), query, options);
  }
}
