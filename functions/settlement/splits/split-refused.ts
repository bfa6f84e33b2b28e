import { formatAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { problems } from '../problems.ts';
import type { SplitFault } from './split.ts';

/** Problem `settlement/split-refused`: why amounts cannot be split by terms, with the figures that explain it. */
export function splitRefused(fault: SplitFault, currency: CurrencyCode) {
  const { code: reason, ...facts } = fault;
  const figures = Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'bigint' ? presentAmount(fact, currency) : fact,
  ]);
  return problems['split-refused'].with({ detail: detailOf(fault, currency), reason, ...Object.fromEntries(figures) });
}

function detailOf(fault: SplitFault, currency: CurrencyCode): string {
  const money = (minor: bigint) => `${formatAmount(minor, currency)} ${currency}`;
  switch (fault.code) {
    case 'BASE_TOO_SMALL':
      return `There is ${money(fault.available)} for fixed lines and floors, which ask for ${money(fault.required)}.`;
    case 'LIFETIME_CAP':
      return `Others than the merchant may get ${money(fault.room)} more over the order’s life; they would get ${money(fault.asked)}.`;
    case 'CHANNEL_CAP':
      return `The channels let others than the merchant have ${money(fault.room)} more; they would get ${money(fault.asked)}.`;
    case 'FEE_NOT_COVERED':
      return `The share that bears the fee is ${money(fault.available)}, and the fee ${money(fault.fee)}.`;
    case 'RATIOS_ABOVE_PAID':
      return `There is ${money(fault.available)} to split, and the lines ask for ${money(fault.required)}.`;
  }
}
