import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/rates/events.ts';
import { nameToPlain, rateSetFromPlain, rateSetToPlain } from '../../../functions/rates/items.ts';
import { service } from '../../../functions/rates/service.ts';
import { fromItem, toItem } from '../../../shared/dynamo/items.ts';
import { aSet, at, cause, dollar, euro } from './sets.ts';

/** As the table gives it back. */
const stored = (set = aSet()) => fromItem(toItem(rateSetToPlain(set)));

describe('the item of a rate set', () => {
  it.each([aSet(), aSet({ source: 'Fixing', version: 12 })])('is read as it was written', (set) => {
    expect(rateSetFromPlain(stored(set))).toEqual(set);
  });
});

describe('the event of a rate set', () => {
  it('tells who put which rates of which version', () => {
    const [event, ...others] = toEvents({ kind: 'INSERT', item: stored(aSet({ source: 'Fixing' })) });
    expect(others).toEqual([]);
    expect(event).toEqual({
      id: expect.stringMatching(/^evt_/),
      type: 'rates.rate-set-changed.v1',
      tenant: 'demo',
      subject: 'month-end',
      occurredAt: at,
      actor: cause,
      data: { name: 'month-end', date: '2026-03-31', version: 1, source: 'Fixing', rates: [euro, dollar] },
    });
    expect(service.publishes?.map(({ type }) => type)).toEqual([event?.type]);
  });

  it('has the same id when told again and another one for each version, date, name and tenant', () => {
    const idOf = (set: ReturnType<typeof aSet>) => toEvents({ kind: 'MODIFY', item: stored(set) })[0]?.id;
    expect(idOf(aSet())).toBe(idOf(aSet()));
    const sets = [
      aSet(),
      aSet({ version: 2 }),
      aSet({ date: '2026-04-30' }),
      aSet({ name: 'spot' }),
      aSet({ tenant: 'b' }),
    ];
    expect(new Set(sets.map(idOf)).size).toBe(sets.length);
  });

  it('is not told of the list of names, nor of a removal', () => {
    expect(toEvents({ kind: 'INSERT', item: nameToPlain(aSet()) })).toEqual([]);
    expect(toEvents({ kind: 'REMOVE' })).toEqual([]);
  });
});
