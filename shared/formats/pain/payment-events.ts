import type { Totals } from './message-form.ts';
import type {
  CollectionTerms,
  CollectionTransaction,
  MessageHeader,
  TransferTerms,
  TransferTransaction,
} from './payment-message.ts';

/**
 * What a pain.001 or pain.008 says, as a stream: the header, then for each payment information its terms and its
 * transactions, and the end with what all came to.
 */
export type PaymentEvent =
  | { readonly kind: 'message'; readonly header: ReadHeader }
  | { readonly kind: 'collection-terms'; readonly terms: CollectionTerms }
  | { readonly kind: 'collection'; readonly transaction: CollectionTransaction }
  | { readonly kind: 'transfer-terms'; readonly terms: TransferTerms }
  | { readonly kind: 'transfer'; readonly transaction: TransferTransaction }
  | { readonly kind: 'end'; readonly totals: Totals };

export interface ReadHeader extends MessageHeader {
  readonly format: 'pain.001' | 'pain.008';
  /** As the namespace has it: `pain.008.001.08`. */
  readonly version?: string;
}
