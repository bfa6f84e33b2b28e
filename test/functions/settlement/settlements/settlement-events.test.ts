import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../../functions/settlement/events.ts';
import { service } from '../../../../functions/settlement/service.ts';
import type { Run } from '../../../../functions/settlement/settlements/run.ts';
import { noRunFigures } from '../../../../functions/settlement/settlements/run.ts';
import type { Settlement } from '../../../../functions/settlement/settlements/settlement.ts';
import {
  runFromPlain,
  runToPlain,
  settlementFromPlain,
  settlementToPlain,
} from '../../../../functions/settlement/settlements/settlement-items.ts';
import { fromItem, toItem } from '../../../../shared/dynamo/items.ts';
import { at, cause } from '../samples.ts';
import { aPayoutLine, aSettlement } from './samples.ts';

function aRun(more: Partial<Run> = {}): Run {
  return {
    ...{ tenant: 'demo', id: 'run_1', marketId: 'mkt_chengdu', currency: 'CNY', businessDate: '2025-09-28', number: 1 },
    ...{
      state: 'LOOKING',
      days: [],
      place: { day: 0, group: 0 },
      left: [],
      leftSums: [],
      figures: noRunFigures,
      looks: 0,
      waited: 0,
      turn: 0,
    },
    ...{ failures: 0, createdAt: at, changedAt: at, revision: 1, cause },
    ...more,
  };
}

const stored = (item: Record<string, unknown>) => fromItem(toItem(item));
const tell = (after: Record<string, unknown>, before?: Record<string, unknown>) =>
  toEvents({
    ...{ kind: before ? 'MODIFY' : 'INSERT', item: stored(after) },
    ...(before && { previous: stored(before) }),
  });
const typesOf = (after: Settlement, before?: Settlement) =>
  tell(settlementToPlain(after), before && settlementToPlain(before)).map(({ type }) => type);

describe('the events of settlements', () => {
  it('tell that a run began, is handed on and ended, and nothing of what it does between', () => {
    const of = (after: Run, before?: Run) =>
      tell(runToPlain(after), before && runToPlain(before)).map(({ type }) => type);
    expect(of(aRun())).toEqual(['settlement.settlement-run-started.v1']);
    expect(of(aRun({ turn: 1, revision: 2 }), aRun())).toEqual(['settlement.settlement-run-handed-on.v1']);
    expect(of(aRun({ state: 'SETTLING', revision: 2 }), aRun())).toEqual([]);
    const ended = aRun({ state: 'ENDED', revision: 3 });
    expect(of(ended, aRun({ revision: 2 }))).toEqual(['settlement.settlement-run-ended.v1']);
    expect(of({ ...ended, revision: 4 }, ended)).toEqual([]);
  });

  it('tell what became of each payout once, of a bill and of lines that do not add up', () => {
    const sent = aSettlement();
    const as = (state: 'PAID' | 'FAILED' | 'RETURNED' | 'PENDING_FUNDS') =>
      aSettlement({ payouts: [aPayoutLine({ state })], revision: 2 });
    expect(typesOf(sent)).toEqual([]);
    expect(typesOf(as('PAID'), sent)).toEqual(['settlement.settlement-paid.v1']);
    expect(typesOf({ ...as('PAID'), revision: 3 }, as('PAID'))).toEqual([]);
    expect(typesOf(as('FAILED'), sent)).toEqual(['settlement.payout-failed.v1']);
    expect(typesOf(as('PENDING_FUNDS'), sent)).toEqual(['settlement.payout-waiting.v1']);
    expect(typesOf({ ...as('PENDING_FUNDS'), revision: 3 }, as('PENDING_FUNDS'))).toEqual([]);
    expect(typesOf(as('RETURNED'), as('PAID'))).toEqual(['settlement.payout-returned.v1']);
    expect(typesOf(aSettlement({ billed: 500n, payout: 0n, payouts: [] }))).toEqual(['settlement.shortfall-billed.v1']);
    const due = aSettlement({ payouts: [aPayoutLine({ state: 'DUE' })] });
    expect(typesOf(due)).toEqual([]);
    expect(typesOf({ ...due, revision: 3 }, as('FAILED'))).toEqual(['settlement.payout-retried.v1']);
    const wrong = aSettlement({ state: 'MISMATCH', linesNet: 1n, payout: 0n, payouts: [] });
    expect(typesOf(wrong)).toEqual(['settlement.settlement-mismatched.v1']);
    const proved = { ...wrong, provedAt: '2025-09-28T03:00:00.000Z', revision: 2 };
    expect(typesOf(proved, wrong)).toEqual(['settlement.payout-retried.v1']);
    expect(typesOf({ ...proved, revision: 3 }, proved)).toEqual([]);
    const billed = aSettlement({ billed: 500n, payout: 0n, payouts: [], revision: 2 });
    expect(typesOf(billed, wrong)).toEqual(['settlement.shortfall-billed.v1', 'settlement.payout-retried.v1']);
    const waits = { ...billed, bill: { attempt: 2, reason: 'The account has 0.00 CNY available.' }, revision: 3 };
    expect(typesOf(waits, { ...billed, bill: { attempt: 1 } })).toEqual(['settlement.bill-waiting.v1']);
    expect(typesOf({ ...waits, bill: { ...waits.bill, attempt: 3 }, revision: 4 }, waits)).toEqual([]);
    expect(typesOf({ ...waits, bill: { attempt: 2 }, revision: 4 }, waits)).toEqual(['settlement.payout-retried.v1']);
    const given = { ...waits, bill: { attempt: 3, isBooked: true as const }, revision: 5 };
    expect(typesOf(given, waits)).toEqual(['settlement.bill-given.v1']);
    expect(typesOf({ ...given, revision: 6 }, given)).toEqual([]);
    expect(typesOf({ ...due, revision: 2 }, wrong)).toEqual(['settlement.payout-retried.v1']);
    const published = (service.publishes ?? []).map(({ type }) => type);
    for (const type of [...typesOf(as('PAID'), sent), ...typesOf(wrong), 'settlement.bill-waiting.v1'])
      expect(published).toContain(type);
  });

  it('show the number of an account masked', () => {
    const [event] = tell(settlementToPlain(aSettlement({ payouts: [aPayoutLine({ state: 'PAID' })] })));
    expect(event?.data).toMatchObject({ payouts: [{ to: { account: { number: '****5123' } } }] });
    expect(JSON.stringify(event)).not.toContain('51001881236052505123');
  });

  it('are of items that come back as they were', () => {
    const netting = { cycleId: 'cyc_group_2026-03-31', state: 'CUT_OFF', version: 2 } as const;
    const open = aSettlement({ askAt: at, carriedTo: '2025-09-29', netting });
    expect(settlementFromPlain(stored(settlementToPlain(open)))).toEqual(open);
    expect(settlementToPlain(open)).toMatchObject({ marketOf: expect.stringMatching(/^#SETTLEMENTS#[0-7]$/) });
    expect(settlementToPlain(aSettlement())).not.toHaveProperty('marketOf');
    const run = aRun({ days: [{ date: '2025-09-28', sequence: 1 }], retryAt: at });
    expect(runFromPlain(stored(runToPlain(run)))).toEqual(run);
    expect(runToPlain({ ...run, state: 'ENDED' })).not.toHaveProperty('marketOf');
  });
});
