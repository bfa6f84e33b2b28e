import { type ConsumerHandler, consumerHandler } from '../../shared/events/consume.ts';
import { accountsOfOrder, collectedUnder, filesOfOrder, payerOfMandate } from '../collection/published.ts';
import { legalEntityOfMarket } from '../settlement/published.ts';
import { detailsOfEntry } from '../statements/published.ts';
import { rememberAccounts } from './receipts/remember-accounts.ts';
import { takeCollection } from './receipts/take-collection.ts';
import { takeCredit } from './receipts/take-credit.ts';
import { takePaidOrder } from './receipts/take-paid-order.ts';
import { takeReturnedCredit } from './returned/take-returned-credit.ts';
import { receivablesTools } from './tools.ts';

const takers = new Map([
  ['statements.receipt-recorded.v1', takeCredit],
  ['statements.credit-reversed.v1', takeReturnedCredit],
  ['settlement.order-paid.v1', takePaidOrder],
  ['settlement.order-refund-changed.v1', takePaidOrder],
]);

/** Keeps the money that statements, collections and orders tell of as receipts, and what went back of it. */
export const handler: ConsumerHandler = (batch) => {
  const tools = receivablesTools();
  const collection = { accountsOfOrder, collectedUnder, filesOfOrder, payerOfMandate };
  const settlement = { legalEntityOfMarket };
  const statements = { detailsOfEntry };
  const ledger = { ...tools.ledger, readAccounts: rememberAccounts(tools.ledger.readAccounts) };
  return consumerHandler((event, now) => {
    const take = takers.get(event.type) ?? takeCollection;
    return take({ ...tools, ledger, collection, settlement, statements }, event, now);
  })(batch);
};
