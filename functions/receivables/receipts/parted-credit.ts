/**
 * Which receipts a credit of a statement is, where they are not the one of its own id: the transactions of a batch credit, or
 * what orders to a bank brought. It stands in the place of that one, so that no other report of the credit takes it.
 */
export interface PartedCredit {
  readonly tenant: string;
  /** The id that the credit's own receipt would have. */
  readonly id: string;
  readonly receiptIds: readonly string[];
  /** The entry that was told of first. */
  readonly entryId: string;
  readonly at: string;
}
