import type { Decision } from '../matching/decision.ts';
import type { DecidedReceipt } from './decided-receipt.ts';

/** Items that one transaction writes at most. (DynamoDB service quotas.) */
const itemsPerTransactionMax = 100;
/** Receipts in one transaction, at most: where one of them is overtaken, all are to be written again. */
const receiptsPerTransactionMax = 10;

/**
 * Decisions in rounds, each of which pays invoices of a customer by one receipt at most: what is written in one transaction has
 * no item twice, and what is paid later is seen over what the rounds before left of it.
 */
export function roundsOf(decisions: readonly Decision[]): Decision[][] {
  const rounds: Decision[][] = [];
  const seen = new Map<string, number>();
  for (const decision of decisions) {
    const customerId = decision.explanation?.customerId;
    const round = customerId === undefined ? 0 : (seen.get(customerId) ?? 0);
    if (customerId !== undefined) seen.set(customerId, round + 1);
    const others = rounds[round];
    if (others) others.push(decision);
    else rounds[round] = [decision];
  }
  return rounds;
}

/** What is decided on different receipts and invoices, in groups that one transaction each holds. */
export function transactionsOf(decided: readonly DecidedReceipt[]): DecidedReceipt[][] {
  const groups: DecidedReceipt[][] = [];
  let room = 0;
  for (const one of decided) {
    const items = itemsOf(one);
    const group = groups.at(-1);
    if (group && group.length < receiptsPerTransactionMax && items <= room) group.push(one);
    else {
      groups.push([one]);
      room = itemsPerTransactionMax;
    }
    room -= items;
  }
  return groups;
}

function itemsOf({ invoices, match, refund }: DecidedReceipt): number {
  return 1 + invoices.length + (match ? 1 : 0) + (refund ? 1 : 0);
}
