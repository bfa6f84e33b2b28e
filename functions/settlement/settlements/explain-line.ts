import { formatAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { MerchantLine, ShareOfLine } from '../journal/line.ts';
import { explainLeg } from '../splits/explain-leg.ts';
import type { SplitTerms } from '../splits/split-rule.ts';

const kinds: Readonly<Record<ShareOfLine['kind'], string>> = {
  FIXED: '定额 fixed',
  RATIO: '比例 ratio',
  WEIGHT: '权重 weight',
  TIERS: '阶梯 tiers',
  REMAINDER: '余额 remainder',
  MERCHANT: '商户 merchant’s rest',
};

/**
 * How a line came about, in words that the merchant, its `receiver`, can check. Of a share by the version of a rule that it names; where
 * there is none, by the order's own terms. What others got of the order is theirs: of a remainder it tells what it is of.
 */
export function explainLine(
  line: MerchantLine,
  terms: Pick<SplitTerms, 'lines'> | undefined,
  currency: CurrencyCode,
  receiver?: string,
): string {
  const { sum, date } = line;
  const taken = line.takesBack ? '冲销 taken back: ' : '';
  switch (line.kind) {
    case 'SHARE':
      return taken + explainShare(line, terms, currency, receiver);
    case 'SUM_SHARE':
      return `汇总 sum of ${sum?.orders ?? 0}: ${explainShare(line, terms, currency, receiver)}`;
    case 'SUM_BACK':
      return '汇总冲回 given back of a sum';
    case 'REFUND':
      return `${taken}退款 refund ${line.refundNo ?? ''}`.trimEnd();
    case 'FEE_KEPT':
      return `${taken}手续费不退 fee kept of refund ${line.refundNo ?? ''}`.trimEnd();
    case 'HELD':
      return `${taken}争议 held by a dispute`;
    case 'RELEASED':
      return `${taken}解除 released of a dispute`;
    case 'CARRIED_ON':
      return `结转 carried on to ${date}`;
    case 'CARRIED_IN':
      return `转入 carried in from ${date}`;
    case 'BILLED':
      return '账单 billed';
  }
}

function explainShare(
  { share, amount, takesBack }: MerchantLine,
  terms: Pick<SplitTerms, 'lines'> | undefined,
  currency: CurrencyCode,
  receiver: string | undefined,
): string {
  const money = (minor: bigint) => formatAmount(minor, currency);
  if (!share) return `分账 share ${money(amount)}`;
  const amounts = takesBack ? { amount: -amount, fee: -share.fee } : { amount };
  const leg = { ...share, ...amounts, ...defined({ receiver }) };
  if (terms) return explainLeg(leg, { split: { legs: [leg] }, terms, currency });
  const fee = leg.fee > 0n ? `, 手续费 fee ${money(leg.fee)}` : '';
  return `${kinds[leg.kind]} of ${money(leg.base)}, 按订单 by the order${fee}`;
}
