import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRails } from '../../../../functions/collection/routing/default-rails.ts';
import {
  type Attempt,
  attemptStates,
  type NextRail,
  nextRail,
} from '../../../../functions/collection/routing/next-rail.ts';
import { quote } from './samples.ts';

const asked = quote(defaultRails);
const refused: Attempt = { railId: 'BEPS', state: 'REFUSED' };
const neverLeft: Attempt = { railId: 'BEPS', state: 'NEVER_LEFT' };

describe('the next rail of an item', () => {
  test.each<[string, Attempt[], NextRail]>([
    ['at first: the best', [], { outcome: 'RAIL', railId: 'BEPS' }],
    ['after a refusal: the second', [refused], { outcome: 'RAIL', railId: 'IBPS' }],
    ['after an item that never left: the second', [neverLeft], { outcome: 'RAIL', railId: 'IBPS' }],
    [
      'after two refusals: the third',
      [refused, { railId: 'IBPS', state: 'REFUSED' }],
      { outcome: 'RAIL', railId: 'HVPS' },
    ],
    [
      'after a refusal by the last of all',
      [refused, { railId: 'IBPS', state: 'NEVER_LEFT' }, { railId: 'HVPS', state: 'REFUSED' }],
      { outcome: 'NONE_LEFT', reason: 'ALL_TRIED' },
    ],
    [
      'after no answer: none until the bank was asked',
      [{ railId: 'BEPS', state: 'UNKNOWN' }],
      { outcome: 'WAIT', railId: 'BEPS', state: 'UNKNOWN' },
    ],
    [
      'while one is on its way: none',
      [{ railId: 'BEPS', state: 'SUBMITTED' }],
      { outcome: 'WAIT', railId: 'BEPS', state: 'SUBMITTED' },
    ],
    [
      'after no answer and a later refusal: still none',
      [
        { railId: 'BEPS', state: 'UNKNOWN' },
        { railId: 'IBPS', state: 'REFUSED' },
      ],
      { outcome: 'WAIT', railId: 'BEPS', state: 'UNKNOWN' },
    ],
    [
      'after no answer on a rail that is no route any more: none',
      [{ railId: 'OLD', state: 'UNKNOWN' }],
      { outcome: 'WAIT', railId: 'OLD', state: 'UNKNOWN' },
    ],
    [
      'after the payer said no: none, the others ask the same account',
      [{ railId: 'BEPS', state: 'DECLINED' }],
      { outcome: 'NONE_LEFT', reason: 'DECLINED' },
    ],
    [
      'after the payer said no while another is open: wait for that first',
      [
        { railId: 'BEPS', state: 'DECLINED' },
        { railId: 'IBPS', state: 'UNKNOWN' },
      ],
      { outcome: 'WAIT', railId: 'IBPS', state: 'UNKNOWN' },
    ],
    [
      'after it settled: none',
      [refused, { railId: 'IBPS', state: 'SETTLED' }],
      { outcome: 'NONE_LEFT', reason: 'SETTLED' },
    ],
  ])('%s', (_, attempts, next) => {
    expect(nextRail(asked, attempts)).toEqual(next);
  });

  test('is none where no rail takes it', () => {
    expect(nextRail(quote(defaultRails, { currency: 'USD' }), [])).toEqual({
      outcome: 'NONE_LEFT',
      reason: 'NO_ROUTE',
    });
  });

  const attempts = fc.array(
    fc.record({
      railId: fc.constantFrom(...defaultRails.map(({ id }) => id), 'OLD'),
      state: fc.constantFrom(...attemptStates),
    }),
    { maxLength: 6 },
  );

  test('is only given where all earlier attempts certainly moved nothing, and is a new one', () => {
    fc.assert(
      fc.property(attempts, (before) => {
        const next = nextRail(asked, before);
        if (next.outcome !== 'RAIL') return;
        expect(before.every(({ state }) => state === 'REFUSED' || state === 'NEVER_LEFT')).toBe(true);
        expect(before.map(({ railId }) => railId)).not.toContain(next.railId);
      }),
    );
  });

  test('in turn tries each route once and ends', () => {
    const tried: string[] = [];
    for (;;) {
      const next = nextRail(
        asked,
        tried.map((railId) => ({ railId, state: 'REFUSED' })),
      );
      if (next.outcome !== 'RAIL') break;
      tried.push(next.railId);
    }
    expect(tried).toEqual(['BEPS', 'IBPS', 'HVPS']);
  });
});
