import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { adjustmentsOf, type Figures } from '../journal/figures.ts';
import type { Statistics } from './read-statistics.ts';

export function presentMarketStatistics(statistics: Statistics, currency: CurrencyCode) {
  return present(statistics, currency, (figures) => show(figures, currency));
}

export function presentMerchantStatistics(statistics: Statistics, currency: CurrencyCode) {
  return present(statistics, currency, (figures) => ({
    ...show(figures, currency),
    adjustments: presentAmount(adjustmentsOf(figures), currency),
  }));
}

function present<Shown>({ days, total }: Statistics, currency: CurrencyCode, shown: (figures: Figures) => Shown) {
  return { currency, total: shown(total), days: days.map(({ date, figures }) => ({ date, ...shown(figures) })) };
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
