import { describe, expect, it } from 'vitest';
import type { JournalLine } from '../../../../functions/settlement/journal/line.ts';
import { packLine, unpackLine } from '../../../../functions/settlement/journal/pack-lines.ts';

const share: JournalLine = {
  ...{ kind: 'SHARE', amount: 3_334n, orderNo: 'SO2026030200000001', subOrderNo: '1', coupon: 1_000n },
  share: {
    ...{ split: 'PLAN', sequence: 1, base: 10_000n, fee: 60n, kind: 'RATIO', bound: 'CAP', rest: -1n },
    rule: { id: 'rul_1', version: 3 },
  },
};

describe('a line', () => {
  it('is seventy bytes or so of text', () => {
    expect(packLine(share)).toBe('S\t3334\tSO2026030200000001\t1\tPLAN\t1\t10000\t60\tR\tCAP\t-1\trul_1\t3\t1000');
    expect(unpackLine(packLine(share))).toEqual(share);
  });

  it('stays one line whatever numbers callers give', () => {
    const odd: JournalLine = { kind: 'WAITS', orderNo: 'a\tb\nc\\t', subOrderNo: '\\\\n' };
    expect(packLine(odd)).not.toContain('\n');
    expect(unpackLine(packLine(odd))).toEqual(odd);
  });

  it('tells that it takes another back', () => {
    const back: JournalLine = {
      kind: 'REFUND',
      takesBack: true,
      amount: 5n,
      orderNo: 'A',
      subOrderNo: 'S',
      refundNo: 'R',
    };
    expect(unpackLine(packLine(back))).toEqual(back);
  });

  it('of a run names the other day', () => {
    const carried: JournalLine = { kind: 'CARRIED_IN', amount: -5n, date: '2025-09-28' };
    expect(unpackLine(packLine(carried))).toEqual(carried);
  });

  it('of a sum says what an order brings into it, and what of it is a share', () => {
    const summed: JournalLine = {
      ...{ kind: 'SUMMED', orderNo: 'SO2026030200000001', subOrderNo: '1' },
      ...{ amount: 9_940n, fee: 60n, order: 10_500n, coupon: 500n, cash: 9_500n, room: 2_850n },
    };
    expect(packLine(summed)).toBe('A\tSO2026030200000001\t1\t9940\t60\t10500\t500\t9500\t2850');
    const { coupon: _, room: __, ...plain } = summed;
    expect(unpackLine(packLine(plain))).toEqual(plain);
    const part: JournalLine = {
      ...{ kind: 'SUM_SHARE', amount: 1_500n, sum: { sellerId: 'mer_potter', orders: 3 } },
      share: { split: 'SUM', sequence: 1, base: 30_000n, fee: 0n, kind: 'RATIO', rule: { id: 'rul_1', version: 3 } },
    };
    const further = [summed, part, share].map((line): JournalLine => ({ ...line, isFurther: true }));
    for (const line of [summed, part, ...further]) expect(unpackLine(packLine(line))).toEqual(line);
  });

  it.each([
    ['X\t1', 'begins with "X"'],
    ['P\tA-1', 'lacks its field 2'],
    ['S\t1\tA\tS\tPLAN\t1\t1\t0\tZ', 'share of unknown kind'],
  ])('that nobody wrote is not read: %j', (text, fault) => {
    expect(() => unpackLine(text)).toThrow(fault);
  });
});
