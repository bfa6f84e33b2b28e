import { consumerHandler } from '../../shared/events/consume.ts';
import { sendPayment } from './bank-payments/send-bank-payments.ts';
import { bankTools } from './tools.ts';

/** Hands payments over that are tried again. */
export const handler = consumerHandler(async ({ tenant, subject }, now) => {
  const tools = bankTools();
  const payment = await tools.store.readBankPayment(tenant, subject);
  if (payment) await sendPayment(tools, payment, now);
});
