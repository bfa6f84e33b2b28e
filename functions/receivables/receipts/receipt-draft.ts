import { deriveId } from '../../../shared/identifiers/id.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Step } from '../matches/step.ts';
import type { Receipt, ReceiptSource } from './receipt.ts';

/** What is told of money that came. Minor units. */
export type ReceiptDraft = Pick<
  Receipt,
  | 'legalEntity'
  | 'currency'
  | 'amount'
  | 'paidOn'
  | 'payer'
  | 'virtualAccountKey'
  | 'texts'
  | 'references'
  | 'cashAccountId'
  | 'number'
  | 'fromOwn'
>;

/*
 * The same money has the same id, whoever tells of it: a credit of a statement that of its credit key, one of the transactions
 * of a batch credit that and its place, what an order to a bank brought that of the order's number, with its place from the
 * second time on that it brought some, a payment of an order of a market that of the order and the channel's number, what a netting cycle paid of an invoice that of both, and what is told by hand that of its own number.
 */
export const receiptIdOfCredit = (tenant: string, creditKey: string) => deriveId('rcp', tenant, 'CREDIT', creditKey);
export const receiptIdOfDetail = (tenant: string, creditKey: string, place: number) =>
  deriveId('rcp', tenant, 'CREDIT', creditKey, String(place));
export const receiptIdOfOrder = (tenant: string, orderId: string, place = 1) =>
  deriveId('rcp', tenant, 'ORDER', orderId, ...(place === 1 ? [] : [String(place)]));
export const receiptIdOfPayment = (tenant: string, orderNo: string, channelId: string, transactionId: string) =>
  deriveId('rcp', tenant, 'PAYMENT', orderNo, channelId, transactionId);
export const receiptIdOfNetting = (tenant: string, cycleId: string, reference: string) =>
  deriveId('rcp', tenant, 'NETTING', cycleId, reference);
export const receiptIdOfNumber = (tenant: string, number: string) => deriveId('rcp', tenant, 'NUMBER', number);

/** A receipt as it begins: nothing of it is used. */
export function newReceipt(
  tenant: string,
  id: string,
  draft: ReceiptDraft,
  source: ReceiptSource,
  { at, cause }: Omit<Step, 'date'>,
): Receipt {
  const { cashAccountId, virtualAccountKey, number, ...facts } = draft;
  return {
    tenant,
    id,
    ...facts,
    ...defined({ cashAccountId, virtualAccountKey, number }),
    allocated: 0n,
    onAccount: 0n,
    refunded: 0n,
    sources: [source],
    suggestions: [],
    matchesMade: 0,
    createdAt: at,
    changedAt: at,
    revision: 1,
    cause,
  };
}
