import { describe, expect, it } from 'vitest';
import type { MerchantLine } from '../../../../functions/settlement/journal/line.ts';
import { opposite } from '../../../../functions/settlement/journal/opposite.ts';
import { explainLine } from '../../../../functions/settlement/settlements/explain-line.ts';
import { aVersion } from '../samples.ts';

const share = { split: 'PLAN', sequence: 1, base: 10_000n, fee: 0n, kind: 'RATIO' } as const;
const line = { kind: 'SHARE', amount: 500n, orderNo: 'SO-1', subOrderNo: '1', share } as const;

describe('how a line came about', () => {
  it('is told of a share by the rule that it names, or by the order’s own terms', () => {
    expect(explainLine(line, aVersion(), 'CNY')).toBe('比例 5.00 % of 100.00');
    expect(explainLine(line, undefined, 'CNY')).toBe('比例 ratio of 100.00, 按订单 by the order');
    const rest = { ...line, amount: 9_462n, share: { ...share, sequence: 2, kind: 'REMAINDER', fee: 38n } } as const;
    expect(explainLine(rest, aVersion(), 'CNY')).toBe('余额 remainder of 100.00, 手续费 fee 0.38');
  });

  it('says so where the merchant has it in place of one that was suspended', () => {
    const inPlace = '比例 5.00 % of 100.00, 接收方停用 its receiver was suspended';
    expect(explainLine(line, aVersion(), 'CNY', 'mer_potter')).toBe(inPlace);
    expect(explainLine(line, aVersion(), 'CNY', 'mer_teahouse')).toBe('比例 5.00 % of 100.00');
  });

  it('is told of one that takes another back as of that one', () => {
    const owner = { kind: 'MERCHANT', id: 'mer_teahouse' } as const;
    const back = opposite({ id: '1', owner, date: '2025-09-28', line }).line as MerchantLine;
    expect(explainLine(back, aVersion(), 'CNY')).toBe('冲销 taken back: 比例 5.00 % of 100.00');
  });

  it('is told of a share of a sum by how many sub-orders are in it', () => {
    const sum = { sellerId: 'mer_potter', orders: 3 };
    const part = { kind: 'SUM_SHARE', amount: 1_500n, share: { ...share, split: 'SUM', base: 30_000n }, sum } as const;
    expect(explainLine(part, aVersion(), 'CNY')).toBe('汇总 sum of 3: 比例 5.00 % of 300.00');
    expect(explainLine({ ...part, kind: 'SUM_BACK', amount: -5n }, aVersion(), 'CNY')).toBe(
      '汇总冲回 given back of a sum',
    );
  });

  it('names the refund, or the other day', () => {
    expect(explainLine({ kind: 'BILLED', amount: 100n }, undefined, 'CNY')).toBe('账单 billed');
    expect(explainLine({ kind: 'REFUND', amount: -100n, refundNo: 'RF-1' }, undefined, 'CNY')).toBe('退款 refund RF-1');
    const carried = { amount: -500n, date: '2025-09-28' };
    expect(explainLine({ kind: 'CARRIED_IN', ...carried }, undefined, 'CNY')).toBe('转入 carried in from 2025-09-28');
    expect(explainLine({ kind: 'CARRIED_ON', ...carried }, undefined, 'CNY')).toBe('结转 carried on to 2025-09-28');
  });
});
