import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import type { RowPage } from './page-rows.ts';
import { presentBreach } from './present-figures.ts';

/** Rows of a report as callers see them; `home` is the currency that all is converted to. */
export function presentRows(page: RowPage, home: CurrencyCode | undefined) {
  return {
    positions: page.POSITIONS.map(([participant, currency, owes, owed, net, converted]) => ({
      ...{ participant, grossPaid: presentAmount(owes, currency), grossReceived: presentAmount(owed, currency) },
      net: presentAmount(net, currency),
      ...(home !== undefined && converted !== null && { converted: presentAmount(converted, home) }),
    })),
    bilateral: page.BILATERAL.map(([first, second, currency, firstOwes, firstCount, secondOwes, secondCount]) => ({
      ...{ first, second },
      ...{ firstOwes: presentAmount(firstOwes, currency), firstCount },
      ...{ secondOwes: presentAmount(secondOwes, currency), secondCount },
      netOfFirst: presentAmount(secondOwes - firstOwes, currency),
    })),
    toPay: page.TO_PAY.map(([participant, currency, net]) => ({ participant, net: presentAmount(net, currency) })),
    legs: page.LEGS.map(([kind, payer, payee, currency, amount]) => {
      return { kind, payer, payee, amount: presentAmount(amount, currency) };
    }),
    carried: page.CARRIED.map(([payer, payee, currency, amount]) => {
      return { payer, payee, amount: presentAmount(amount, currency) };
    }),
    moved: page.MOVED.map(([reference, reason]) => ({ reference, reason })),
    breaches: page.BREACHES.map(([kind, payer, payee, currency, limit, owed, excess]) => {
      return presentBreach(kind, payer, payee, currency, { limit, owed, excess });
    }),
  };
}
