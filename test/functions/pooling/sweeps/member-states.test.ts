import { describe, expect, it } from 'vitest';
import type { PeriodLimit } from '../../../../functions/pooling/members/agreement.ts';
import { freshState, type MemberState } from '../../../../functions/pooling/pool.ts';
import { afterMovement, observed, takenBack } from '../../../../functions/pooling/sweeps/member-states.ts';
import { roomUnder } from '../../../../functions/pooling/sweeps/rule-in-force.ts';

const limit = (period: 'DAY' | 'WEEK' | 'TEN_DAYS' | 'MONTH' | 'YEAR', amount: bigint): PeriodLimit => ({
  period: { period },
  amount,
});
const march: PeriodLimit = { period: { period: 'RANGE', from: '2026-03-01', to: '2026-03-31' }, amount: 500n };
const day = [limit('DAY', 100n)];

const moved = (
  state: MemberState,
  direction: 'UP' | 'DOWN',
  amount: bigint,
  date: string,
  limits: readonly PeriodLimit[] = day,
) => afterMovement(state, { accountId: 'c1', direction, amount }, limits, date);
const room = (state: MemberState, date: string, way: 'UP' | 'DOWN' = 'UP', limits: readonly PeriodLimit[] = day) =>
  roomUnder(limits, state, way, date);

describe('what is remembered of a member', () => {
  it('is its position: what went up less what came down', () => {
    const state = moved(moved(freshState('c1'), 'UP', 300n, '2026-03-02'), 'DOWN', 450n, '2026-03-02');
    expect(state.position).toBe(-150n);
  });

  it('is the money of its parent as far as the balance is, and not what was spent in the same transfer', () => {
    const funded = moved(freshState('c1'), 'DOWN', 80n, '2026-03-02');
    expect(funded.sentByParent).toBe(80n);
    expect(observed(funded, 50n).sentByParent).toBe(50n);
    expect(observed(funded, -5n).sentByParent).toBe(0n);
    const paid = afterMovement(
      funded,
      { accountId: 'c1', direction: 'DOWN', amount: 30n, spent: true },
      [],
      '2026-03-02',
    );
    expect(paid).toMatchObject({ sentByParent: 80n, position: -110n });
    expect(moved(funded, 'DOWN', -100n, '2026-03-02').sentByParent).toBe(0n);
  });

  it('counts each direction against its own limits', () => {
    const state = moved(moved(freshState('c1'), 'UP', 60n, '2026-03-02'), 'DOWN', 30n, '2026-03-02');
    expect([room(state, '2026-03-02', 'UP'), room(state, '2026-03-02', 'DOWN')]).toEqual([40n, 70n]);
  });

  it('begins anew with each period', () => {
    const limits = [limit('DAY', 100n), limit('WEEK', 150n), limit('TEN_DAYS', 160n), limit('MONTH', 1_000n)];
    const monday = moved(freshState('c1'), 'UP', 90n, '2026-03-09', limits);
    expect(room(monday, '2026-03-09', 'UP', limits)).toBe(10n);
    // Tuesday the 10th: 100 of the day, 60 of the week, 70 of the first third of the month.
    expect(room(monday, '2026-03-10', 'UP', limits)).toBe(60n);
    const tuesday = moved(monday, 'UP', 60n, '2026-03-10', limits);
    expect(room(tuesday, '2026-03-10', 'UP', limits)).toBe(0n);
    // Monday the 16th: another week, the second third of the month.
    expect(room(tuesday, '2026-03-16', 'UP', limits)).toBe(100n);
    expect(room(tuesday, '2026-03-16', 'UP', [limit('MONTH', 1_000n)])).toBe(850n);
  });

  it('takes what did not move back off, and never below nothing', () => {
    const state = moved(moved(freshState('c1'), 'UP', 70n, '2026-03-02'), 'UP', -50n, '2026-03-02');
    expect(room(state, '2026-03-02')).toBe(80n);
    expect(room(moved(state, 'UP', -50n, '2026-03-02'), '2026-03-02')).toBe(100n);
  });

  it('keeps the use of a day that has begun when a movement of the day before comes, or goes back', () => {
    const today = moved(freshState('c1'), 'UP', 70n, '2026-03-03');
    const late = moved(today, 'UP', 40n, '2026-03-02');
    expect([room(late, '2026-03-03'), room(late, '2026-03-02')]).toEqual([30n, 60n]);
    const back = moved(late, 'UP', -40n, '2026-03-02');
    expect([room(back, '2026-03-03'), room(back, '2026-03-02')]).toEqual([30n, 100n]);
  });

  it('keeps the period before, which a run of an earlier day still counts against, and none before that', () => {
    const tuesday = moved(moved(freshState('c1'), 'UP', 70n, '2026-03-02'), 'UP', 10n, '2026-03-03');
    expect([room(tuesday, '2026-03-02'), room(tuesday, '2026-03-03')]).toEqual([30n, 90n]);
    expect(moved(tuesday, 'UP', 5n, '2026-03-04').used).toEqual([
      { way: 'UP', limit: 'DAY', since: '2026-03-03', amount: 10n },
      { way: 'UP', limit: 'DAY', since: '2026-03-04', amount: 5n },
    ]);
  });

  it('keeps the use of a limit that is taken out and agreed anew', () => {
    const without = moved(moved(freshState('c1'), 'UP', 70n, '2026-03-02'), 'UP', 10n, '2026-03-02', [
      limit('MONTH', 500n),
    ]);
    expect(room(without, '2026-03-02')).toBe(30n);
  });
});

describe('the room that limits leave', () => {
  it('is unbounded without any', () => {
    expect(room(freshState('c1'), '2026-03-02', 'UP', [])).toBeUndefined();
  });

  it('is the plan of the range that holds the day', () => {
    expect(room(freshState('c1'), '2026-03-31', 'UP', [march])).toBe(500n);
    const april: PeriodLimit = { period: { period: 'RANGE', from: '2026-04-01', to: '2026-04-30' }, amount: 300n };
    expect(room(freshState('c1'), '2026-04-01', 'UP', [march, april])).toBe(300n);
    expect(room(moved(freshState('c1'), 'UP', 450n, '2026-03-05', [march]), '2026-03-20', 'UP', [march])).toBe(50n);
  });

  it('is nothing, not less, where a limit was lowered below what has moved', () => {
    expect(room(moved(freshState('c1'), 'UP', 90n, '2026-03-02'), '2026-03-02', 'UP', [limit('DAY', 50n)])).toBe(0n);
  });
});

describe('a planned movement that did not take place', () => {
  const monthly = [limit('MONTH', 100n)];
  const lost = (state: MemberState, counted: readonly string[] | undefined, parentId = '') => {
    const movement = { accountId: 'c1', parentId, direction: 'DOWN' as const, amount: 50n };
    return takenBack(state, { ...movement, ...(counted && { counted }) }, '2026-05-05');
  };

  it('gives back to the limits that it was counted against, and to no other', () => {
    // 60 of the month were used on the first; on the fifth only a limit of the day was agreed.
    const used = moved(freshState('c1'), 'DOWN', 60n, '2026-05-01', monthly);
    const planned = moved(used, 'DOWN', 50n, '2026-05-05', day);
    const after = lost(planned, ['DAY']);
    expect([room(after, '2026-05-05', 'DOWN', monthly), room(after, '2026-05-05', 'DOWN')]).toEqual([40n, 100n]);
    expect([after.position, after.sentByParent]).toEqual([-60n, 60n]);
  });

  it('gives back to a limit that has been left out meanwhile', () => {
    const planned = moved(freshState('c1'), 'DOWN', 50n, '2026-05-05', [...day, ...monthly]);
    const after = lost(planned, ['DAY', 'MONTH']);
    expect([room(after, '2026-05-05', 'DOWN', monthly), room(after, '2026-05-05', 'DOWN')]).toEqual([100n, 100n]);
  });

  it('is no matter between an account and a parent that it did not have then', () => {
    const planned = moved(freshState('c1', 'new'), 'DOWN', 50n, '2026-05-05');
    const after = lost(planned, ['DAY'], 'old');
    expect([after.position, after.sentByParent, room(after, '2026-05-05', 'DOWN')]).toEqual([-50n, 50n, 100n]);
  });
});
