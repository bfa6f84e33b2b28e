import { type ConsumerHandler, consumerHandler } from '../../shared/events/consume.ts';
import * as collection from '../collection/published.ts';
import { rememberAccounts } from './receipts/remember-accounts.ts';
import { takeCollection } from './receipts/take-collection.ts';
import { takeCredit } from './receipts/take-credit.ts';
import { receivablesTools } from './tools.ts';

/** Keeps the money that statements and collections tell of as receipts. */
export const handler: ConsumerHandler = (batch) => {
  const tools = receivablesTools();
  const ledger = { ...tools.ledger, readAccounts: rememberAccounts(tools.ledger.readAccounts) };
  return consumerHandler((event, now) => {
    const take = event.type.startsWith('statements.') ? takeCredit : takeCollection;
    return take({ ...tools, ledger, collection }, event, now);
  })(batch);
};
