import { now } from '../../shared/time/clock.ts';
import { lookAtOpenPayments } from './bank-payments/look-at-open.ts';
import { bankTools } from './tools.ts';

/** Looks at payments that are on their way to banks. */
export async function handler(): Promise<void> {
  const failures = await lookAtOpenPayments(bankTools(), now());
  if (failures.length > 0) throw new AggregateError(failures, 'Some payments were not looked at.');
}
