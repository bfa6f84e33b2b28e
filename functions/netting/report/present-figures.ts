import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { ratioText } from '../../../shared/money/ratio-text.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Closing, CycleFigures, CycleResult, Hindrance } from '../closing/closing.ts';
import type { LimitBreach } from '../limits/limit.ts';
import type { Saving, Volume } from '../savings/savings.ts';

/** Figures of a cycle and how far its closing is, as callers see them. */

export function presentResult({ digest, figures, rows }: Omit<CycleResult, 'attempt' | 'blocks'>) {
  return {
    ...presentFigures(figures),
    rows: {
      ...{ positions: rows.POSITIONS, bilateral: rows.BILATERAL, toPay: rows.TO_PAY, legs: rows.LEGS },
      ...{ carried: rows.CARRIED, moved: rows.MOVED, breaches: rows.BREACHES },
    },
    digest,
  };
}

function presentFigures(figures: CycleFigures) {
  const { centreVersion, obligations, carriedIn, moved, parties, home, rates, residue, savings, fewest } = figures;
  return {
    ...{ centreVersion, obligations, carriedIn, moved, parties },
    ...(home !== undefined && {
      residue: presentAmount(residue, home),
      rates: rates.map(({ currency, numerator, denominator, date }) => {
        return { base: currency, quote: home, rate: ratioText(numerator, denominator), date };
      }),
    }),
    savings: savings.map(presentSaving),
    fewestPayments: fewest.map(({ currency, fewest: how }) => ({ currency, how })),
  };
}

function presentSaving({ currency, gross, bilateral, net, valueSavedBasisPoints, countSavedBasisPoints }: Saving) {
  const show = ({ count, value }: Volume) => ({ payments: count, value: presentAmount(value, currency) });
  return {
    ...{ currency, gross: show(gross), bilateral: show(bilateral), net: show(net) },
    savedValue: presentAmount(gross.value - net.value, currency),
    savedPayments: gross.count - net.count,
    savedValuePercent: percentText(valueSavedBasisPoints),
    savedPaymentsPercent: percentText(countSavedBasisPoints),
  };
}

/** Hundredths of a per cent as per cent, with two decimals. */
function percentText(basisPoints: bigint): string {
  const digits = (basisPoints < 0n ? -basisPoints : basisPoints).toString().padStart(3, '0');
  return `${basisPoints < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function presentClosing(closing: Closing, result: CycleResult | undefined) {
  const { state, askedAt, leaveOut, askAgainAt, hindrance, blocksMoved, blocksCarried } = closing;
  const { failures, failure, retryAt } = closing;
  return {
    state: hindrance ? ('WAITING' as const) : state,
    askedAt,
    leaveOut: [...leaveOut],
    ...(state === 'MOVING' &&
      result && {
        progress: {
          blocks: result.blocks.MOVED + result.blocks.CARRIED,
          done: blocksMoved + blocksCarried,
        },
      }),
    ...(hindrance && { hindrance: presentHindrance(hindrance), ...(askAgainAt !== undefined && { askAgainAt }) }),
    ...defined({ failures, failure, retryAt }),
  };
}

export function presentHindrance(hindrance: Hindrance) {
  switch (hindrance.why) {
    case 'FX_RATE_MISSING':
      return { why: hindrance.why, missing: hindrance.missing.map((one) => ({ ...one })) };
    case 'LIMITS_BREACHED':
      return { why: hindrance.why, count: hindrance.count, breaches: hindrance.breaches.map(presentLimitBreach) };
    case 'TOO_MANY_LINES':
    case 'CALENDAR_NOT_PUBLISHED':
      return { ...hindrance };
  }
}

function presentLimitBreach({ kind, limit, owed, excess }: LimitBreach) {
  const [payer, payee] = kind === 'BILATERAL' ? [limit.payer, limit.payee] : [limit.participant, null];
  return presentBreach(kind, payer, payee, limit.currency, { limit: limit.amount, owed, excess });
}

export function presentBreach(
  kind: LimitBreach['kind'],
  payer: string,
  payee: string | null,
  currency: CurrencyCode,
  { limit, owed, excess }: { readonly limit: bigint; readonly owed: bigint; readonly excess: bigint },
) {
  const show = (minor: bigint) => presentAmount(minor, currency);
  return { kind, payer, ...(payee !== null && { payee }), limit: show(limit), owed: show(owed), excess: show(excess) };
}
