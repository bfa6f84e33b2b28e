import { describe, expect, it } from 'vitest';
import { ruleIn } from '../../../../functions/settlement/rules/rule-shapes.ts';

const rule = (more: object) => ({
  ...{ marketId: 'mkt_chengdu', name: '汇总', effectiveFrom: '2025-09-01', base: 'PAID', method: 'RATIO' },
  lines: [
    { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'RATIO', basisPoints: 500 } },
    { sequence: 2, share: { kind: 'REMAINDER' } },
  ],
  clearing: { period: { kind: 'WORKING_DAYS', days: 1 } },
  aggregate: 'BEFORE_SPLIT',
  ...more,
});
const faults = (more: object) =>
  ruleIn.safeParse(rule(more)).error?.issues.map(({ path, message }) => [path.join('/'), message]) ?? [];
const fixed = {
  sequence: 1,
  receiver: 'mer_van',
  share: { kind: 'FIXED', amount: { amount: '2.00', currency: 'CNY' } },
};

describe('a rule whose orders are added up before the split', () => {
  it('is taken with ratios, weights, tiers, caps and floors', () => {
    expect(faults({})).toEqual([]);
  });

  it('is refused with what is of each order by itself, and the fault says where', () => {
    expect(faults({ method: 'FIXED', lines: [fixed, { sequence: 2, share: { kind: 'REMAINDER' } }] })).toEqual([
      ['lines/0/share/kind', expect.stringContaining('FIXED is of each; send RATIO')],
    ]);
    expect(faults({ lifetimeCapBasisPoints: 3_000 })).toEqual([
      ['lifetimeCapBasisPoints', expect.stringContaining('over the life of each; leave it out')],
    ]);
    expect(faults({ lifetimeCapBasisPoints: 3_000, aggregate: 'AFTER_SPLIT' })).toEqual([]);
  });

  it('has 40 lines at most, so that a sum is written at once', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, place) => {
        return { sequence: place + 1, receiver: `mer_${place}`, share: { kind: 'WEIGHT', weight: 1 } };
      });
    const feeBearer = { kind: 'LINE', sequence: 1 };
    expect(faults({ lines: lines(40), feeBearer })).toEqual([]);
    expect(faults({ lines: lines(41), feeBearer })).toEqual([
      ['lines', expect.stringContaining('send 40 lines at most')],
    ]);
  });
});
