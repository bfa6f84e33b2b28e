import { describe, expect, it } from 'vitest';
import { settlementDayFaults } from '../../../../functions/pooling/interest-runs/check-interest-terms.ts';
import { interestTermsIn } from '../../../../functions/pooling/interest-runs/interest-shapes.ts';
import { readPoolTerms } from '../../../../functions/pooling/interest-runs/read-interest-terms.ts';

const accountId = 'acc_00000000000000000000000001';

describe('a settlement day that would settle nothing, or too much', () => {
  const settlementDay = { frequency: 'MONTHLY', day: 20, from: '2016-03-30' };
  const today = '2026-03-31';

  function faultsOf(body: object, isBegun = false) {
    const terms = readPoolTerms(interestTermsIn.parse({ settlementDay, ...body }), {
      kind: 'NOTIONAL',
      currency: 'CNY',
    });
    return settlementDayFaults(terms, { today, isBegun });
  }
  const credit = [{ effectiveFrom: '2010-01-01', rate: '1.50' }];
  const longAgo = { ...settlementDay, from: '2016-03-29' };

  it('begins ten years ago at the earliest', () => {
    // 3,653 days before: ten years with three leap days among them at the most.
    expect(faultsOf({ credit })).toEqual([]);
    expect(faultsOf({ credit, settlementDay: longAgo })).toEqual([
      {
        pointer: '/settlementDay/from',
        detail: 'Send 2016-03-30 or a later day: interest is settled ten years back at the most.',
      },
    ]);
    expect(faultsOf({ credit, settlementDay: { ...settlementDay, from: '0001-01-01' } })).toHaveLength(1);
  });

  it('may have begun earlier where periods have been computed: the next ones begin where those ended', () => {
    expect(faultsOf({ credit, settlementDay: longAgo }, true)).toEqual([]);
  });

  it('comes with a rate: for all, for a member, or inside the group', () => {
    expect(faultsOf({}).map(({ pointer }) => pointer)).toEqual(['/settlementDay']);
    const internal = { allocation: { method: 'INTERNAL_RATES', debit: credit } };
    const own = { members: [{ accountId, debit: credit }] };
    for (const body of [{ credit }, { debit: credit }, own, internal]) expect(faultsOf(body)).toEqual([]);
    expect(faultsOf({ settlementDay: undefined })).toEqual([]);
  });
});
