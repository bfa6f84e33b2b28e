import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import type { Figures } from '../journal/figures.ts';
import type { Statistics } from './read-statistics.ts';

export function presentMarketStatistics({ days, total }: Statistics, currency: CurrencyCode) {
  const show = (figures: Figures) => ({ orders: Number(figures.count), ...amountsOf(figures, currency) });
  return { currency, total: show(total), days: days.map(({ date, figures }) => ({ date, ...show(figures) })) };
}

export function presentMerchantStatistics({ days, total }: Statistics, currency: CurrencyCode) {
  const show = (figures: Figures) => ({ shares: Number(figures.count), ...amountsOf(figures, currency) });
  return { currency, total: show(total), days: days.map(({ date, figures }) => ({ date, ...show(figures) })) };
}

function amountsOf({ gross, fees, coupons, refunds, net }: Figures, currency: CurrencyCode) {
  return {
    gross: presentAmount(gross, currency),
    fees: presentAmount(fees, currency),
    coupons: presentAmount(coupons, currency),
    refunds: presentAmount(refunds, currency),
    net: presentAmount(net, currency),
  };
}
