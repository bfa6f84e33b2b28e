import { describe, expect, it } from 'vitest';
import type { Closing, CycleResult } from '../../../../functions/netting/closing/closing.ts';
import { type Cycle, isConfirmationOver } from '../../../../functions/netting/cycles/cycle.ts';
import { cycleFromPlain, cycleToPlain } from '../../../../functions/netting/cycles/cycle-items.ts';
import { toEvents } from '../../../../functions/netting/events.ts';
import { obligationToPlain } from '../../../../functions/netting/obligations/obligation-items.ts';
import { withNews } from '../../../../functions/netting/obligations/obligation-news.ts';
import { service } from '../../../../functions/netting/service.ts';
import {
  atRest,
  nextRound,
  nobodyWaits,
  type Settling,
  type WaitingParty,
} from '../../../../functions/netting/settling/settling.ts';
import { fromItem, toItem } from '../../../../shared/dynamo/items.ts';
import { aCycle, anObligation, at } from '../intake-samples.ts';

const closing: Closing = {
  ...{ state: 'NETTING', askedAt: at, leaveOut: ['R-1'], turn: 1, attempt: 0, blocksMoved: 0, blocksCarried: 0 },
  askAgainAt: '2026-04-01T04:16:00.000Z',
};
const none = { POSITIONS: 1, BILATERAL: 0, TO_PAY: 0, LEGS: 0, CARRIED: 0, MOVED: 0, BREACHES: 0 };
const result: CycleResult = {
  ...{ attempt: 1, digest: 'd', rows: none, blocks: none },
  figures: {
    ...{ centreVersion: 1, obligations: 8, carriedIn: 0, moved: 0, parties: 4, residue: 0n, home: 'CNY' },
    rates: [{ currency: 'EUR', numerator: 78_105n, denominator: 10_000n, date: '2026-03-31' }],
    ...{ savings: [], fewest: [] },
  },
};
const breach = {
  ...{ kind: 'NET_DEBIT' as const, limit: { participant: 'B', currency: 'CNY', amount: 69n }, owed: 70n, excess: 1n },
};
const hindrance = { why: 'LIMITS_BREACHED', count: 1, breaches: [breach] } as const;
const confirming = aCycle({ state: 'CONFIRMING', cutAt: at, revision: 2 });
const shut = { ...confirming, shutAt: at, closing, revision: 3 };
const stored = (cycle: Cycle) => fromItem(toItem(cycleToPlain(cycle)));
const tell = (cycle: Cycle, previous?: Cycle) => {
  const change = { kind: 'MODIFY' as const, item: stored(cycle), ...(previous && { previous: stored(previous) }) };
  return toEvents(change).map(({ type }) => type);
};

describe('a cycle on its way to CLOSED', () => {
  it('comes back from its item as it was', () => {
    const { askAgainAt: _, ...waiting } = closing;
    for (const cycle of [shut, { ...shut, result, closing: { ...waiting, hindrance } }, { ...confirming, result }]) {
      expect(cycleFromPlain(stored(cycle))).toEqual(cycle);
    }
  });

  it('is found by its job until a person has to see to it', () => {
    const { askAgainAt: _, ...waiting } = closing;
    expect(cycleToPlain(confirming)).toMatchObject({ dueAt: `${confirming.confirmUntil}#demo#${confirming.id}` });
    expect(cycleToPlain(shut)).toMatchObject({ dueAt: `${closing.askAgainAt}#demo#${confirming.id}` });
    expect(cycleToPlain({ ...shut, closing: { ...waiting, hindrance } })).not.toHaveProperty('dueAt');
    expect(cycleToPlain({ ...confirming, state: 'CLOSED', result })).not.toHaveProperty('dueAt');
  });

  it('tells that it is handed on, what is in its way, and that it is closed; of its steps nothing', () => {
    const begun = { ...shut, closing: { ...closing, attempt: 1 }, revision: 4 };
    const hindered = { ...begun, closing: { ...closing, hindrance }, result, revision: 5 };
    const again = { ...begun, closing: { ...closing, turn: 2 }, revision: 6 };
    const closed: Cycle = { ...confirming, state: 'CLOSED', closedAt: at, result, revision: 7 };
    const told = [
      ...tell(confirming, aCycle()),
      ...tell(shut, confirming),
      ...tell(begun, shut),
      ...tell(hindered, begun),
      ...tell(again, hindered),
      ...tell(closed, again),
    ];
    const names = ['cut-off', 'handed-on', 'hindered', 'handed-on', 'closed'];
    expect(told).toEqual(names.map((name) => `netting.cycle-${name}.v1`));
    const published = (service.publishes ?? []).map(({ type }) => type);
    for (const type of told) expect(published).toContain(type);
    // Published again from the table alone, where the stream has lost the change.
    expect([confirming, shut, hindered, closed].flatMap((cycle) => tell(cycle))).toEqual(
      ['cut-off', 'handed-on', 'hindered', 'closed'].map((name) => `netting.cycle-${name}.v1`),
    );
  });

  it('tells of an obligation that it moves into the next cycle, not of its dispute again', () => {
    const dispute = { reason: 'x', since: at, wasConfirmed: false };
    const before = anObligation({ state: 'DISPUTED', dispute, revision: 2 });
    const moved = { ...before, cycleId: 'cyc_group_2026-04-01', movedFrom: before.cycleId, revision: 3 };
    const [event, ...more] = toEvents({
      ...{ kind: 'MODIFY', item: fromItem(toItem(obligationToPlain(withNews(moved, before)))) },
      previous: fromItem(toItem(obligationToPlain(before))),
    });
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      type: 'netting.obligation-moved.v1',
      data: { state: 'DISPUTED', movedToNextCycle: true, movedFrom: 'cyc_group_2026-03-31' },
    });
  });
});

describe('a cycle that is being settled', () => {
  const short = (participant: string, missing: bigint): WaitingParty => ({
    ...{ participant, code: 'SHORT_OF_FUNDS', currency: 'CNY', amount: 10_000n, missing },
    ...{ accountId: 'acc_a', detail: 'There is too little on its account.' },
  });
  const asked: Settling = {
    ...{ state: 'HOLDING', askedAt: at, round: 1, held: [], legsHeld: 0, isUnclear: false, waiting: nobodyWaits },
    ...{ isWaiting: false, ended: 0, turn: 1, failures: 0, askAgainAt: at },
  };

  it('tells once whom it waits for, and again when that is somebody else or another amount', () => {
    const cycleWith = (settling: Settling): Cycle => ({ ...confirming, state: 'SETTLING', result, settling });
    let settling = asked;
    const told = [short('A', 500n), short('A', 500n), short('A', 200n), short('B', 200n), short('B', 200n)].map(
      (party) => {
        const resting = atRest({ ...settling, waiting: { count: 1, first: [party] } });
        const again = nextRound(resting);
        const news = [...tell(cycleWith(resting), cycleWith(settling)), ...tell(cycleWith(again), cycleWith(resting))];
        settling = again;
        return news.length;
      },
    );
    expect(told).toEqual([1, 0, 1, 1, 0]);
    expect(tell(cycleWith(atRest(asked)), cycleWith(asked))).toEqual(['netting.cycle-pending-funds.v1']);
  });
});

describe('the confirmation of a cycle', () => {
  it.each<[string, Partial<Cycle>, string, boolean]>([
    ['has not begun while it is open', { state: 'OPEN' }, '2026-05-01T00:00:00.000Z', false],
    ['runs until its time', {}, '2026-04-01T03:59:59.999Z', false],
    ['is over at its time', {}, '2026-04-01T04:00:00.000Z', true],
    ['ends with the cut-off where there is none', { confirmUntil: aCycle().cutOffAt }, at, true],
    ['is over for good when the gates are shut', { shutAt: at }, at, true],
    ['is over when it is closed', { state: 'CLOSED' }, at, true],
  ])('%s', (_, more, moment, expected) => {
    expect(isConfirmationOver({ ...confirming, ...more }, moment)).toBe(expected);
  });
});
