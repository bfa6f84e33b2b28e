import { describe, expect, it } from 'vitest';
import type { MerchantLine } from '../../../../functions/settlement/journal/line.ts';
import { standingLines, turned } from '../../../../functions/settlement/journal/standing-lines.ts';

const line = (kind: 'HELD' | 'RELEASED', amount: bigint, orderNo = 'A-1'): MerchantLine => {
  return { kind, amount, orderNo, subOrderNo: '1' };
};

describe('of lines that were written and taken back', () => {
  it('those stand that were written once more than they were taken back', () => {
    const held = line('HELD', -100n);
    expect(standingLines([held, turned(held), line('RELEASED', 100n)])).toEqual([line('RELEASED', 100n)]);
    expect(standingLines([held, held, turned(held)])).toEqual([held]);
    expect(standingLines([held, line('HELD', -100n, 'A-2'), turned(held)])).toEqual([line('HELD', -100n, 'A-2')]);
  });

  it('what takes back a line that is elsewhere stays, and taken back itself it is gone', () => {
    const back = turned(line('HELD', -100n));
    expect(back).toEqual({ ...line('HELD', 100n), takesBack: true });
    expect(standingLines([back])).toEqual([back]);
    expect(standingLines([back, turned(back)])).toEqual([]);
  });
});
