import { formatAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
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
 * How a line came about, in words that the merchant can check. Of a share by the version of a rule that it names; where there is
 * none, by the order's own terms. What others got of the order is theirs: of a remainder it tells what it is of.
 */
export function explainLine(
  line: MerchantLine,
  terms: Pick<SplitTerms, 'lines'> | undefined,
  currency: CurrencyCode,
): string {
  const { share, amount, date } = line;
  const money = (minor: bigint) => formatAmount(minor, currency);
  const taken = line.takesBack ? '冲销 taken back: ' : '';
  switch (line.kind) {
    case 'SHARE': {
      if (!share) return `${taken}分账 share ${money(amount)}`;
      const leg = line.takesBack ? { ...share, amount: -amount, fee: -share.fee } : { ...share, amount };
      if (terms) return taken + explainLeg(leg, { split: { legs: [leg] }, terms, currency });
      const fee = leg.fee > 0n ? `, 手续费 fee ${money(leg.fee)}` : '';
      return `${taken}${kinds[leg.kind]} of ${money(leg.base)}, 按订单 by the order${fee}`;
    }
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
