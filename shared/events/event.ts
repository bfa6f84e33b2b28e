/**
 * A fact that happened, as it travels on the bus. `id` is derived from the change it tells of, so that a redelivery has
 * the same id; consumers are idempotent by it.
 */
export interface DomainEvent<Data = unknown> {
  readonly id: string;
  /** `ledger.transfer-posted.v1` */
  readonly type: string;
  readonly tenant: string;
  /** ISO instant of the change. */
  readonly occurredAt: string;
  /** The resource it tells of: a transfer's id, a statement's. */
  readonly subject: string;
  /** Who caused it: client, role and request id. */
  readonly actor: { readonly client: string; readonly role: string; readonly requestId: string };
  /** JSON values only; amounts as decimal strings with their currency. */
  readonly data: Data;
}
