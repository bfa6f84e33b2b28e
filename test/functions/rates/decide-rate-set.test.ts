import { describe, expect, it } from 'vitest';
import { decideRateSet } from '../../../functions/rates/decide-rate-set.ts';
import { aPut, aSet, dollar, euro } from './sets.ts';

const later = { at: '2026-04-01T01:00:00.000Z', by: { client: 'other', role: 'treasurer', requestId: 'req-2' } };
const corrected = { rates: [{ ...dollar, rate: '7.2' }] };

describe('putting a rate set', () => {
  it('makes version 1 of a new one, sorted and in the shortest text', () => {
    const put = aPut({ rates: [{ ...dollar, rate: '07.12340' }, euro], source: 'Fixing' });
    expect(decideRateSet(undefined, put)).toEqual({ outcome: 'CHANGED', set: aSet({ source: 'Fixing' }) });
  });

  it('replaces all rates by those put, as the next version, with who and when', () => {
    expect(decideRateSet(aSet({ version: 4 }), aPut(corrected, later))).toEqual({
      outcome: 'CHANGED',
      set: aSet({ ...corrected, version: 5, changedAt: later.at, changedBy: later.by }),
    });
  });

  it('changes nothing where the same rates come in another order and with more zeros', () => {
    const held = aSet({ version: 3 });
    const put = aPut({ rates: [{ ...dollar, rate: '7.123400' }, euro] }, later);
    expect(decideRateSet(held, put)).toEqual({ outcome: 'UNCHANGED', set: held });
  });

  it.each([
    ['another source', aSet({ source: 'Bank A' }), { source: 'Bank B' }],
    ['no source any more', aSet({ source: 'Bank A' }), {}],
    ['the inverse pair', aSet(), { rates: [euro, { base: 'CNY', quote: 'USD', rate: '7.1234' }] }],
    ['one rate less', aSet(), { rates: [euro] }],
  ])('takes %s for a change', (_, held, content) => {
    expect(decideRateSet(held, aPut(content))).toMatchObject({ outcome: 'CHANGED', set: { version: 2 } });
  });

  it('is refused over another version than expected, which the refusal names', () => {
    const decision = decideRateSet(aSet({ version: 2 }), aPut(corrected, { expectedVersion: 1 }));
    expect(decision).toMatchObject({
      outcome: 'REFUSED',
      problem: {
        code: 'rates/version-conflict',
        status: 409,
        fields: { version: 2, expectedVersion: 1, errors: [{ pointer: '/expectedVersion' }] },
      },
    });
  });

  it('counts as version 0 where there is none yet', () => {
    expect(decideRateSet(undefined, aPut({}, { expectedVersion: 0 })).outcome).toBe('CHANGED');
    expect(decideRateSet(undefined, aPut({}, { expectedVersion: 1 })).outcome).toBe('REFUSED');
    expect(decideRateSet(aSet(), aPut(corrected, { expectedVersion: 0 })).outcome).toBe('REFUSED');
    expect(decideRateSet(aSet(), aPut(corrected, { expectedVersion: 1 })).outcome).toBe('CHANGED');
  });

  it('is taken for a repetition where the content stands, though the version has moved on', () => {
    expect(decideRateSet(aSet({ version: 2 }), aPut({}, { expectedVersion: 1 })).outcome).toBe('UNCHANGED');
  });
});
