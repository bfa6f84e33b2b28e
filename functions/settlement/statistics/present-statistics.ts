import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import type { Figures } from '../journal/figures.ts';
import type { Statistics } from './read-statistics.ts';

export function presentStatistics({ days, total }: Statistics, currency: CurrencyCode) {
  return {
    currency,
    total: show(total, currency),
    days: days.map((day) => ({ date: day.date, ...show(day.figures, currency) })),
  };
}

function show({ orders, gross, fees, coupons, refunds, net }: Figures, currency: CurrencyCode) {
  return {
    orders: Number(orders),
    gross: presentAmount(gross, currency),
    fees: presentAmount(fees, currency),
    coupons: presentAmount(coupons, currency),
    refunds: presentAmount(refunds, currency),
    net: presentAmount(net, currency),
  };
}
