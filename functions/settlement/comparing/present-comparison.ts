import type * as z from 'zod';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { DaySummary } from './compare-day.ts';
import type { HereLine, ThereLine } from './compared-line.ts';
import type { Comparison, KeptDifference } from './comparison.ts';
import type { comparisonOut, differenceOut } from './comparison-shapes.ts';
import { publicId } from './difference-id.ts';
import { outcomes, type SideSums, type Sums } from './side-sums.ts';

export function presentComparison(comparison: Comparison, currency: CurrencyCode): z.input<typeof comparisonOut> {
  const { marketId, channelId, businessDate, summary, problem, comparedAt, changedAt } = comparison;
  const sides = ({ here, there }: SideSums) => ({ here: sumsOf(here, currency), there: sumsOf(there, currency) });
  const byOutcome = summary ? outcomes.map((outcome) => ({ outcome, ...summary.outcomes[outcome] })) : [];
  return {
    ...{ marketId, channelId, businessDate, state: stateOf(comparison) },
    ...defined({ comparedAt, total: summary && sides(summary.total) }),
    outcomes: byOutcome
      .filter(({ here, there }) => here.count + there.count > 0)
      .map(({ outcome, ...both }) => ({ outcome, ...sides(both) })),
    ...(summary?.ledger && { ledger: ledgerOf(summary.ledger, currency) }),
    differences: summary?.differences ?? 0,
    ...defined({ problem }),
    changedAt,
  };
}

function stateOf({ asked, done, problem }: Comparison) {
  if (done < asked) return 'RUNNING' as const;
  return problem ? ('FAILED' as const) : ('COMPLETED' as const);
}

function sumsOf({ count, paid, refunded, fees }: Sums, currency: CurrencyCode) {
  const show = (minor: bigint) => presentAmount(minor, currency);
  // Counts come back from the table as they went in: numbers.
  return { count, paid: show(paid), refunded: show(refunded), fees: show(fees) };
}

function ledgerOf({ paid, refunded, fees }: NonNullable<DaySummary['ledger']>, currency: CurrencyCode) {
  const show = (minor: bigint) => presentAmount(minor, currency);
  return { paid: show(paid), refunded: show(refunded), fees: show(fees) };
}

export function presentDifference(
  { difference, stands }: KeptDifference,
  currency: CurrencyCode,
): z.input<typeof differenceOut> {
  const { found, state, step } = difference;
  const head = { id: publicId(found.id), class: found.class, state, stands, ...step };
  if (found.class === 'LEDGER_DIFFERS') {
    const { figure, journal, ledger, wrong = [] } = found;
    const show = (minor: bigint) => presentAmount(minor, currency);
    const bookings = wrong.map(({ booking, journal: posted, ledger: has }) => {
      return { booking, journal: show(posted), ...(has !== undefined && { ledger: show(has) }) };
    });
    return { ...head, sums: { figure, journal: show(journal), ledger: show(ledger), bookings } };
  }
  const { here, there } = found;
  return {
    ...head,
    ...defined({ reference: (here ?? there)?.key.slice(2) }),
    ...(here && { here: { ...sideOf(here, currency), number: here.number, status: here.status } }),
    ...(there && { there: { ...sideOf(there, currency), line: there.line } }),
  };
}

function sideOf({ date, kind, amount, fee }: HereLine | ThereLine, currency: CurrencyCode) {
  return { date, kind, amount: presentAmount(amount, currency), fee: presentAmount(fee, currency) };
}
