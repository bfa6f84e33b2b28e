import { httpApi } from '../../shared/http/api.ts';
import { contract } from './contract.ts';
import { interestHandlers } from './interest-handlers.ts';
import { ledgerPoolHandlers } from './ledger-pool-handlers.ts';
import { paymentHandlers } from './payment-handlers.ts';
import { poolHandlers } from './pool-handlers.ts';
import { receiptHandlers } from './receipt-handlers.ts';
import { runHandlers } from './run-handlers.ts';
import { service } from './service.ts';

export const handler = httpApi({
  service,
  contract,
  handlers: {
    ...poolHandlers,
    ...runHandlers,
    ...paymentHandlers,
    ...receiptHandlers,
    ...ledgerPoolHandlers,
    ...interestHandlers,
  },
});
