import type { Split, SplitAmounts, SplitFault } from '../../../../functions/settlement/splits/split.ts';
import { splitOrder } from '../../../../functions/settlement/splits/split-order.ts';
import type { Share, SplitLine, SplitTerms, Tier } from '../../../../functions/settlement/splits/split-rule.ts';
import { formatAmount, parseAmount } from '../../../../shared/money/amount.ts';

/** '1,000.00' in minor units. */
export function fen(yuan: string): bigint {
  return parseAmount(yuan.replaceAll(',', ''), 'CNY');
}

type More = Partial<Pick<SplitLine, 'cap' | 'floor'>>;

/** A line of a receiver; of the selling merchant where the receiver is 'own'. */
export function line(sequence: number, receiver: string, share: Share, more: More = {}): SplitLine {
  return { sequence, ...(receiver !== 'own' && { receiver }), share, ...more };
}

export const fixed = (yuan: string): Share => ({ kind: 'FIXED', amount: fen(yuan) });
export const ratio = (basisPoints: number): Share => ({ kind: 'RATIO', basisPoints: BigInt(basisPoints) });
export const weight = (parts: number): Share => ({ kind: 'WEIGHT', weight: BigInt(parts) });
export const remainder: Share = { kind: 'REMAINDER' };

/** Tiers as pairs: from which yuan on which basis points. */
export function tiers(apply: 'MARGINAL' | 'WHOLE', ...steps: readonly (readonly [string, number])[]): Share {
  return {
    kind: 'TIERS',
    apply,
    tiers: steps.map(([from, points]): Tier => ({ from: fen(from), basisPoints: BigInt(points) })),
  };
}

/** Terms on PAID, of the method that the lines call for. */
export function terms(lines: readonly SplitLine[], more: Partial<SplitTerms> = {}): SplitTerms {
  const hasFixed = lines.some(({ share }) => share.kind === 'FIXED');
  const hasPart = lines.some(({ share }) => share.kind !== 'FIXED' && share.kind !== 'REMAINDER');
  return { base: 'PAID', method: !hasPart ? 'FIXED' : hasFixed ? 'FIXED_THEN_RATIO' : 'RATIO', lines, ...more };
}

/** An order that was paid in full. */
export function paid(yuan: string, fee = '0.00', more: Partial<SplitAmounts> = {}): SplitAmounts {
  return { order: fen(yuan), paid: fen(yuan), fee: fen(fee), ...more };
}

/** The split; fails where it is refused. */
export function splitOf(by: SplitTerms, amounts: SplitAmounts): Split {
  const decision = splitOrder(by, amounts);
  if (decision.outcome === 'REFUSED') throw new Error(`Refused: ${decision.fault.code}`);
  return decision.split;
}

/** What each receiver is paid, by sequence: '1 shop 20.00'. */
export function payouts(by: SplitTerms, amounts: SplitAmounts): string[] {
  return splitOf(by, amounts).legs.map(
    ({ sequence, receiver = 'own', amount }) => `${sequence} ${receiver} ${formatAmount(amount, 'CNY')}`,
  );
}

/** Why it is refused; fails where it is not. */
export function faultOf(by: SplitTerms, amounts: SplitAmounts): SplitFault {
  const decision = splitOrder(by, amounts);
  if (decision.outcome === 'SPLIT') throw new Error('It was split.');
  return decision.fault;
}
