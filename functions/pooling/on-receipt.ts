import { consumerHandler } from '../../shared/events/consume.ts';
import { takeReceipt } from './ledgers/take-receipt.ts';
import { poolingTools } from './tools.ts';

/** Books the receipts that bank statements tell of into the ledgers of LEDGER pools. */
export const handler = consumerHandler((event, now) => takeReceipt(poolingTools(), event, now));
