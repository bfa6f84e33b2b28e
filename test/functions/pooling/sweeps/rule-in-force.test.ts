import { describe, expect, it } from 'vitest';
import type { DownAgreement, UpAgreement } from '../../../../functions/pooling/members/agreement.ts';
import type { Schedule } from '../../../../functions/pooling/schedule/schedule.ts';
import {
  agreementInForce,
  type Occasion,
  receiptsOf,
  standingAgreement,
} from '../../../../functions/pooling/sweeps/rule-in-force.ts';

const evening: Schedule = { frequency: 'DAILY', times: ['18:30'], holiday: 'SKIP' };

function agreement(more: Partial<UpAgreement> = {}): UpAgreement {
  return {
    trigger: 'SCHEDULED',
    effectiveFrom: '2026-03-01',
    pauses: [],
    limits: [],
    levels: 1,
    rule: { method: 'ZERO_BALANCE' },
    sweepIfShort: false,
    parentsMoney: 'SWEEP_BACK',
    whenParentFrozen: 'SKIP',
    ...more,
  };
}

/** Which agreement counts, by its place, or why none does. */
function counts(agreements: readonly UpAgreement[], more: Partial<Occasion> = {}): string | number {
  const occasion: Occasion = {
    trigger: 'SCHEDULED',
    businessDate: '2026-03-10',
    runNumber: 1,
    isDue: () => 'DUE',
    ...more,
  };
  const found = agreementInForce(agreements, occasion);
  return 'idle' in found ? found.idle : agreements.indexOf(found);
}

describe('the agreement that counts', () => {
  it('is the one in force on the day; its first and last day are in', () => {
    const ending = agreement({ effectiveFrom: '2026-03-01', expiresOn: '2026-03-10' });
    const following = agreement({ effectiveFrom: '2026-03-11' });
    expect(counts([ending, following])).toBe(0);
    expect(counts([ending, following], { businessDate: '2026-03-11' })).toBe(1);
    expect(counts([ending], { businessDate: '2026-03-11' })).toBe('EXPIRED');
    expect(counts([following])).toBe('NOT_YET_EFFECTIVE');
    expect(counts([])).toBe('NO_AGREEMENT');
  });

  it('is none while it is paused', () => {
    const paused = agreement({ pauses: [{ from: '2026-03-09', to: '2026-03-10' }] });
    expect(counts([paused])).toBe('PAUSED');
    expect(counts([paused], { businessDate: '2026-03-11' })).toBe(0);
    expect(counts([paused, agreement({ expiresOn: '2026-03-02' })])).toBe('PAUSED');
  });

  it('is one of its trigger', () => {
    const atOnce = agreement({ trigger: 'REAL_TIME' });
    expect(counts([atOnce])).toBe('OTHER_TRIGGER');
    expect(counts([agreement()], { trigger: 'REAL_TIME' })).toBe('OTHER_TRIGGER');
    expect(counts([agreement(), atOnce], { trigger: 'REAL_TIME' })).toBe(1);
    expect(standingAgreement([agreement(), atOnce], 'REAL_TIME', '2026-03-10')).toBe(atOnce);
    expect(standingAgreement([atOnce], 'REAL_TIME', '2026-02-28')).toBeUndefined();
  });

  it('takes part in the run of its time and in all begun by hand; without a schedule in these only', () => {
    const scheduled = agreement({ schedule: evening });
    expect(counts([scheduled], { runNumber: 10_930 })).toBe('NOT_IN_RUN');
    expect(counts([scheduled], { runNumber: 11_830 })).toBe(0);
    expect(counts([scheduled], { runNumber: 1 })).toBe(0);
    expect(counts([agreement()], { runNumber: 11_830 })).toBe('NOT_IN_RUN');
    expect(counts([agreement()], { runNumber: 999 })).toBe(0);
  });

  it('with limits over ranges of days moves nothing on a day that none of them holds', () => {
    const range = (from: string, to: string) => ({ period: { period: 'RANGE' as const, from, to }, amount: 500n });
    const planned = agreement({ limits: [range('2026-03-02', '2026-03-10'), range('2026-03-20', '2026-03-31')] });
    const onDay = (businessDate: string) => counts([planned], { businessDate });
    expect(['2026-03-01', '2026-03-02', '2026-03-10', '2026-03-11', '2026-03-20'].map(onDay)).toEqual([
      'NOT_PLANNED',
      0,
      0,
      'NOT_PLANNED',
      0,
    ]);
  });

  it('is due on the day', () => {
    const scheduled = agreement({ schedule: evening });
    expect(counts([scheduled], { runNumber: 11_830, isDue: () => 'HOLIDAY' })).toBe('HOLIDAY');
    expect(counts([scheduled], { runNumber: 11_830, isDue: () => 'NOT_DUE' })).toBe('NOT_DUE');
    // In real time no schedule is asked.
    expect(counts([agreement({ trigger: 'REAL_TIME' })], { trigger: 'REAL_TIME', isDue: () => 'HOLIDAY' })).toBe(0);
  });
});

describe('what is agreed on receipts', () => {
  const onDay = { trigger: 'SCHEDULED' as const, businessDate: '2026-03-10' };
  const forHeader = { payer: 'SINGLE' as const, payee: 'AGGREGATED' as const };
  const none = { payer: 'NONE' as const, payee: 'NONE' as const };
  const down: DownAgreement = {
    trigger: 'SCHEDULED',
    effectiveFrom: '2026-03-01',
    pauses: [],
    limits: [],
    levels: 1,
    rule: { method: 'ZERO_BALANCE' },
    partialAllowed: true,
    basis: 'NONE',
    order: 'CHILD_FIRST',
  };

  it('holds for the direction of its agreement, on the days and for the trigger that it has', () => {
    const ended = agreement({ expiresOn: '2026-03-09', receipts: none });
    const following = agreement({ effectiveFrom: '2026-03-10', receipts: forHeader });
    expect(receiptsOf({ up: [ended, following], down: [] }, onDay)).toEqual({ UP: forHeader });
    expect(receiptsOf({ up: [ended, following], down: [] }, { ...onDay, businessDate: '2026-03-09' })).toEqual({
      UP: none,
    });
    const atOnce = agreement({ trigger: 'REAL_TIME', receipts: none });
    expect(receiptsOf({ up: [atOnce, following], down: [{ ...down, receipts: none }] }, onDay)).toEqual({
      UP: forHeader,
      DOWN: none,
    });
  });

  it('holds also where the agreement is not due: money for an account below passes its edge', () => {
    const scheduled = { ...down, schedule: evening, receipts: none };
    expect(counts([agreement({ schedule: evening })], { isDue: () => 'NOT_DUE' })).toBe('NOT_DUE');
    expect(receiptsOf({ up: [], down: [scheduled] }, onDay)).toEqual({ DOWN: none });
  });

  it('is nothing of its own where no agreement stands, or none says anything', () => {
    expect(receiptsOf({ up: [agreement()], down: [down] }, onDay)).toBeUndefined();
    expect(receiptsOf({ up: [], down: [] }, onDay)).toBeUndefined();
    expect(receiptsOf({ up: [agreement({ receipts: none })], down: [] }, { ...onDay, trigger: 'REAL_TIME' })).toBe(
      undefined,
    );
  });
});
