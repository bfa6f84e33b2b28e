import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { causeOf } from '../../shared/http/cause.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { presentItems } from './batches/present-batch.ts';
import type { outcomeContract } from './contract-outcomes.ts';
import { recordOutcome } from './outcomes/record-outcome.ts';
import { collectionTools } from './tools.ts';

type Handler<Name extends keyof typeof outcomeContract> = OperationHandler<(typeof outcomeContract)[Name]>;

const recordOrderOutcome: Handler<'recordOrderOutcome'> = async ({ actor, path: { orderId }, body, now }) => {
  const { tenant } = actor;
  const tools = collectionTools();
  const { date = businessDateOf(now), ...said } = body;
  const item = await recordOutcome(tools, { tenant, orderId }, { ...said, date }, causeOf(actor), now);
  const [shown] = presentItems([item], await tools.store.readMandates(tenant, [item.mandateId]));
  if (!shown) throw new Error('An item that is there is shown.');
  return { body: shown };
};

export const outcomeHandlers = { recordOrderOutcome };
