import type { WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { ownerOf } from '../batches/owner.ts';
import { presentPayer } from '../mandates/present-mandate.ts';
import type { LargeValue } from './large-value.ts';
import { reportBy } from './report-by.ts';

/** A large value without its collections, fit to be kept and told: the payer's number is masked. Minor units. */
export interface LargeValueHead extends Omit<LargeValue, 'payer' | 'kind' | 'settlements'> {
  readonly payer: ReturnType<typeof presentPayer>;
  readonly reportBy?: PlainDate;
}

export function headOf(value: LargeValue, calendar: WorkingDayCalendar): LargeValueHead {
  const { payer, kind, settlements: _, ...figures } = value;
  return {
    ...figures,
    payer: presentPayer({ ...payer, kind }),
    ...defined({ reportBy: reportBy(calendar, value.date) }),
  };
}

export function presentHead({ id, date, payer, currency, ...figures }: LargeValueHead) {
  const { total, threshold, count, singleReached, reportBy } = figures;
  return {
    id,
    date,
    payer,
    total: presentAmount(total, currency),
    threshold: presentAmount(threshold, currency),
    count,
    singleReached,
    ...defined({ reportBy }),
  };
}

/** A large value with its collections as the API shows it. */
export function presentLargeValue(value: LargeValue, calendar: WorkingDayCalendar) {
  const collections = value.settlements.map(({ line, piece, mandateId, orderId, amount, currency, ...of }) => {
    return { ...ownerOf(of), line, piece, mandateId, orderId, amount: presentAmount(amount, currency) };
  });
  return { ...presentHead(headOf(value, calendar)), collections };
}
