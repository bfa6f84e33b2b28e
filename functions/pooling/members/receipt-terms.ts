/** What a side gets of what moves between two accounts: one receipt per movement, one of all its movements, or none. */
export const receiptChoices = ['SINGLE', 'AGGREGATED', 'NONE'] as const;
export type ReceiptChoice = (typeof receiptChoices)[number];

/** Electronic receipts (回单) as agreed for an edge in one direction. */
export interface ReceiptTerms {
  readonly payer: ReceiptChoice;
  readonly payee: ReceiptChoice;
}

/** Where nothing else is agreed, both sides get a receipt of each movement. It is not stored. */
export const defaultReceipts: ReceiptTerms = { payer: 'SINGLE', payee: 'SINGLE' };

/** Terms as they are stored: nothing where they are the default. */
export function storedReceipts({ payer, payee }: ReceiptTerms): ReceiptTerms | undefined {
  const isDefault = payer === defaultReceipts.payer && payee === defaultReceipts.payee;
  return isDefault ? undefined : { payer, payee };
}
