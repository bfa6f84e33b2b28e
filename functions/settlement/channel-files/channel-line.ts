import type { CurrencyCode } from '../../../shared/money/currency.ts';

export type LineKind = 'PAYMENT' | 'REFUND';

/** What a channel says of one payment or refund. Minor units. */
export interface ChannelLine {
  readonly channelId: string;
  /** Of a refund, that of the payment it gives back. */
  readonly transactionId: string;
  readonly orderNo?: string;
  /** Of a refund: the number it was asked for with. */
  readonly refundNo?: string;
  readonly kind: LineKind;
  /** Never negative: the kind says which way it went. */
  readonly amount: bigint;
  /** What the channel keeps for it; negative where it gives a fee back, on refunds only. */
  readonly fee: bigint;
  readonly currency: CurrencyCode;
  /** An instant in ISO 8601, UTC. */
  readonly at: string;
  /** Of the file, from 1, as an editor counts. */
  readonly line: number;
}

/**
 * By which both sides name the same payment or refund. A refund without a number, as a payment that was revoked, is named by its
 * payment; there can be one of it.
 */
export function lineKey({
  kind,
  transactionId,
  refundNo,
}: Pick<ChannelLine, 'kind' | 'transactionId' | 'refundNo'>): string {
  if (kind === 'PAYMENT') return `P#${transactionId}`;
  return refundNo === undefined ? `V#${transactionId}` : `R#${refundNo}`;
}
