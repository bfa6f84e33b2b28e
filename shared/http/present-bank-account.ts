import { maskAccount, maskCard } from '../identifiers/mask.ts';

export const bankAccountTypes = ['ACCOUNT', 'CARD'] as const;

/** An account of somebody at a bank; the number in full. */
export interface BankAccount {
  readonly type: (typeof bankAccountTypes)[number];
  readonly number: string;
  readonly bank: { readonly cnaps?: string; readonly bic?: string };
}

/** As it may be shown: of a card the first six and the last four, of an account the last four. */
export function presentBankAccount({ type, number, bank }: BankAccount) {
  return { type, number: type === 'CARD' ? maskCard(number) : maskAccount(number), bank: { ...bank } };
}
