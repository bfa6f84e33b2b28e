import { httpApi } from '../../shared/http/api.ts';
import { bookHandlers } from './book-handlers.ts';
import { contract } from './contract.ts';
import { customerHandlers } from './customer-handlers.ts';
import { entryHandlers } from './entry-handlers.ts';
import { invoiceHandlers } from './invoice-handlers.ts';
import { matchHandlers } from './match-handlers.ts';
import { receiptHandlers } from './receipt-handlers.ts';
import { reportHandlers } from './report-handlers.ts';
import { served } from './routes.ts';
import { runHandlers } from './run-handlers.ts';

export const handler = httpApi({
  service: served,
  contract,
  handlers: {
    ...bookHandlers,
    ...customerHandlers,
    ...invoiceHandlers,
    ...receiptHandlers,
    ...matchHandlers,
    ...entryHandlers,
    ...reportHandlers,
    ...runHandlers,
  },
});
