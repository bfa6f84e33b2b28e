import { formatAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import { percent } from './ratio-text.ts';
import type { Split, SplitLeg } from './split.ts';
import type { SplitLine, SplitTerms } from './split-rule.ts';
import { tierParts } from './tier-parts.ts';

/** Amounts or tiers told one by one in a text, at most; more are told as their number and sum. */
const TOLD_MAX = 5;

/** What a leg came out of. */
export interface LegContext {
  readonly split: Split;
  /** Those that it was split by, as termsFor gave them. */
  readonly terms: Pick<SplitTerms, 'lines'>;
  readonly currency: CurrencyCode;
}

/**
 * How a leg came about, in one line that its receiver can check: '比例 0.60 % of 100.00', or '余额 remainder of 100.00 after
 * 20.00 + 5.00, 手续费 fee 0.38'. First what the share is; then, where it did, what a cap or floor made of it, what rest came
 * on top (below zero, what floors of others took), the fee that is out of it, and why another one has it than the line names.
 */
export function explainLeg(leg: SplitLeg, { split, terms, currency }: LegContext): string {
  const money = (minor: bigint) => formatAmount(minor, currency);
  const line = terms.lines.find(({ sequence }) => sequence === leg.sequence);
  return [
    shareText(leg, line, { split, terms, currency }),
    ...(leg.bound === 'CAP' ? [`封顶 cap ${money(line?.cap ?? 0n)}`] : []),
    ...(leg.bound === 'FLOOR' ? [`保底 floor ${money(line?.floor ?? 0n)}`] : []),
    ...(leg.rest !== undefined ? [`余额 rest ${money(leg.rest)}`] : []),
    ...(leg.fee > 0n ? [`手续费 fee ${money(leg.fee)}`] : []),
    ...(isTakenOver(leg, line) ? ['接收方停用 its receiver was suspended'] : []),
  ].join(', ');
}

/** Another one has it than the line names: the merchant who sells. */
function isTakenOver({ receiver }: SplitLeg, line: SplitLine | undefined): boolean {
  return receiver !== undefined && line?.receiver !== undefined && line.receiver !== receiver;
}

function shareText(leg: SplitLeg, line: SplitLine | undefined, { split, terms, currency }: LegContext): string {
  const base = formatAmount(leg.base, currency);
  const { share } = line ?? {};
  switch (share?.kind) {
    case 'FIXED':
      return `定额 fixed ${formatAmount(share.amount, currency)}`;
    case 'RATIO':
      return `比例 ${percent(share.basisPoints)} of ${base}`;
    case 'WEIGHT':
      return `权重 ${share.weight}/${allWeights(terms.lines)} of ${base}`;
    case 'TIERS':
      return `阶梯 ${tiersText(tierParts(share, leg.base), currency)}`;
    case 'REMAINDER':
      return `余额 remainder of ${base}${afterOthers(leg, split, currency)}`;
    default:
      return `商户 merchant’s rest of ${base}${afterOthers(leg, split, currency)}`;
  }
}

function allWeights(lines: readonly SplitLine[]): bigint {
  return sum(lines.map(({ share }) => (share.kind === 'WEIGHT' ? share.weight : 0n)));
}

function tiersText(parts: ReturnType<typeof tierParts>, currency: CurrencyCode): string {
  const all = formatAmount(sum(parts.map(({ amount }) => amount)), currency);
  if (parts.length > TOLD_MAX) return `${parts.length} tiers of ${all}`;
  if (parts.length === 0) return `of ${all}`;
  return parts
    .map(({ amount, basisPoints }) => `${percent(basisPoints)} of ${formatAmount(amount, currency)}`)
    .join(' + ');
}

/** What the others got before the fee. One that the fee took up whole has no leg, and is told of all the same. */
function afterOthers(leg: SplitLeg, { legs, borne }: Split, currency: CurrencyCode): string {
  const gone = borne && !legs.some(({ sequence }) => sequence === borne.sequence) ? [borne.fee] : [];
  const others = legs.filter(({ sequence }) => sequence !== leg.sequence);
  const shares = [...others.map(({ amount, fee }) => amount + fee), ...gone];
  if (shares.length === 0) return '';
  if (shares.length > TOLD_MAX) return ` after ${shares.length} shares of ${formatAmount(sum(shares), currency)}`;
  return ` after ${shares.map((share) => formatAmount(share, currency)).join(' + ')}`;
}
