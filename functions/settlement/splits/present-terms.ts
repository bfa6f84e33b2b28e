import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Share, SplitTerms } from './split-rule.ts';

/** Terms in the form in which they are sent. */
export function presentTerms(terms: SplitTerms, currency: CurrencyCode) {
  const { base, method, lines, feeBearer, lifetimeCapBasisPoints: cap } = terms;
  const show = (minor: bigint | undefined) => (minor === undefined ? undefined : presentAmount(minor, currency));
  return {
    ...{ base, method },
    lines: lines.map(({ sequence, receiver, share, cap: most, floor }) => ({
      sequence,
      ...defined({ receiver }),
      share: presentShare(share, currency),
      ...defined({ cap: show(most), floor: show(floor) }),
    })),
    ...defined({ feeBearer, lifetimeCapBasisPoints: cap === undefined ? undefined : Number(cap) }),
  };
}

function presentShare(share: Share, currency: CurrencyCode) {
  switch (share.kind) {
    case 'FIXED':
      return { kind: share.kind, amount: presentAmount(share.amount, currency) };
    case 'RATIO':
      return { kind: share.kind, basisPoints: Number(share.basisPoints) };
    case 'WEIGHT':
      return { kind: share.kind, weight: Number(share.weight) };
    case 'TIERS': {
      const tiers = share.tiers.map(({ from, basisPoints }) => ({
        from: presentAmount(from, currency),
        basisPoints: Number(basisPoints),
      }));
      return { kind: share.kind, apply: share.apply, tiers };
    }
    case 'REMAINDER':
      return { kind: share.kind };
  }
}
