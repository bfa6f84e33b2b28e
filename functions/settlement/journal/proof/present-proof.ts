import type * as z from 'zod';
import type { CurrencyCode } from '../../../../shared/money/currency.ts';
import { presentAmount } from '../../../../shared/money/present.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import { ownerKey } from '../entry.ts';
import type { OrderSums } from '../order-sums.ts';
import type { ClosedDay, DayFigures, Proof, ProofResult } from './proof.ts';
import type { closedDaysOut, proofOut } from './proof-shapes.ts';
import { sumsGiven } from './sums-given.ts';

type Shown = z.input<typeof proofOut>;

export function presentProof(proof: Proof, currency: CurrencyCode): Shown {
  const { marketId, begun, closedOn, provedAt, result, problem, changedAt } = proof;
  const progress = begun && {
    ...defined({ until: begun.until }),
    ...{ orders: begun.changed, lost: begun.lost.count },
  };
  return {
    ...{ marketId, state: stateOf(proof) },
    ...defined({ progress, closedOn, provedAt, problem }),
    ...(result && { result: presentResult(result, currency) }),
    changedAt,
  };
}

function stateOf({ asked, done, problem }: Proof) {
  if (done < asked) return 'RUNNING' as const;
  return problem ? ('FAILED' as const) : ('COMPLETED' as const);
}

function presentResult(result: ProofResult, currency: CurrencyCode): NonNullable<Shown['result']> {
  const { isBalanced, from, changed, days, orders, lost, differences, moving, accounts, shown } = result;
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ balanced: isBalanced, ...defined({ from }), changed, days, orders },
    ...presentSums(result.sums, currency),
    lost: { count: lost.count, first: [...lost.first] },
    differences: {
      count: differences.count,
      first: differences.first.map(({ owner, date, lines, total }) => {
        return { owner: ownerKey(owner), date, lines: show(lines.net), total: show(total.net) };
      }),
    },
    moving,
    accounts: {
      count: accounts,
      shown: shown.map(({ role, orders: gained, settlements, ledger }) => {
        return { role, orders: show(gained), settlements: show(settlements), ledger: show(ledger) };
      }),
    },
  };
}

export function presentClosedDay(
  day: ClosedDay,
  currency: CurrencyCode,
): z.input<typeof closedDaysOut>['days'][number] {
  const { date, changed, opening, closing } = day;
  return { date, changed, opening: presentFigures(opening, currency), closing: presentFigures(closing, currency) };
}

function presentFigures(figures: DayFigures, currency: CurrencyCode) {
  return { orders: figures.paid, ...presentSums(sumsGiven({ ...figures, takenOfShares: 0n }, 0n), currency) };
}

function presentSums({ received, shares, fees, refunds, supervised }: OrderSums, currency: CurrencyCode) {
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    ...{ received: show(received), shares: show(shares), fees: show(fees) },
    ...{ refunds: show(refunds), supervised: show(supervised) },
  };
}
