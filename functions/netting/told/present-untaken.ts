import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { referenceOf } from './told.ts';
import type { Untaken } from './untaken.ts';

export function presentUntaken({ told, payer, payee, faults, triedAt }: Untaken) {
  const { source, subject, owed, currency, date, description, toldAt } = told;
  return {
    ...{ reference: referenceOf(told), source, subject, payer, payee, owed: presentAmount(owed, currency) },
    ...defined({ date, description }),
    ...{ faults: faults.map((one) => ({ ...one })), toldAt, triedAt },
  };
}
