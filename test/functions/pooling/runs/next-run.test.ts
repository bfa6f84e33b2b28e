import { describe, expect, it } from 'vitest';
import { membersIn } from '../../../../functions/pooling/members/member-shapes.ts';
import { readMembers } from '../../../../functions/pooling/members/read-members.ts';
import { nextRunOf } from '../../../../functions/pooling/runs/next-run.ts';

const pool = { currency: 'CNY', rootAccountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0A' };
const now = new Date('2026-03-02T01:00:00.000Z');

/** The next run of a pool whose one member is swept by schedule. */
function nextRun(more: object) {
  const agreement = {
    effectiveFrom: '2026-01-01',
    rule: { method: 'ZERO_BALANCE' },
    schedule: { frequency: 'DAILY', times: ['18:30'] },
    ...more,
  };
  const request = membersIn.parse({ members: [{ accountId: 'acc_01KAVG2Y7T8XJ4N5QW3R6S9Z0B', up: [agreement] }] });
  return nextRunOf(readMembers(pool, request, new Map()), now);
}

describe('the next run of a pool', () => {
  it('is the next time of its schedule', () => {
    expect(nextRun({})).toMatchObject({ businessDate: '2026-03-02', runNumber: 11_830 });
  });

  it('is the first one after a pause', () => {
    expect(nextRun({ pauses: [{ from: '2026-02-01', to: '2026-03-02' }] })).toMatchObject({
      businessDate: '2026-03-03',
    });
  });

  it('is not there while it is paused for good', () => {
    expect(nextRun({ pauses: [{ from: '2026-02-01' }] })).toBeUndefined();
  });

  it('is not there once it has expired, and far ahead where it begins in years', () => {
    expect(nextRun({ expiresOn: '2026-03-01' })).toBeUndefined();
    expect(nextRun({ effectiveFrom: '2029-01-01' })).toMatchObject({ fault: 'FAR_AHEAD' });
  });
});
