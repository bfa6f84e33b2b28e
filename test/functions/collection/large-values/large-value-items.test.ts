import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../../functions/collection/events.ts';
import { settledShards } from '../../../../functions/collection/keys.ts';
import {
  reachedFromPlain,
  reachedToPlain,
  settledDayFromPlain,
  settledDayToPlain,
} from '../../../../functions/collection/large-values/large-value-items.ts';
import { headOf } from '../../../../functions/collection/large-values/present-large-value.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';
import { fromItem, type Plain, toItem } from '../../../../shared/dynamo/items.ts';
import { aBlock } from '../batches/samples.ts';
import { cause } from '../mandates/mandates.ts';
import { aPayer, aSettlement, found } from './samples.ts';

/** As it comes back from the table. */
const stored = (plain: Plain): Plain => fromItem(toItem(plain));

describe('a large value in the table', () => {
  const [value] = found([aSettlement(200_000_000n)], { man_1: aPayer('32001881236052505123') });
  if (!value) throw new Error('It is one.');
  const at = '2026-03-02T16:30:00.000Z';
  const reached = { tenant: 'demo', value: headOf(value, chinaStateCouncil), at, cause };

  it('comes back as it was written, without the number of the account', () => {
    const plain = stored(reachedToPlain(reached));
    expect(reachedFromPlain(plain)).toEqual(reached);
    expect(JSON.stringify(plain, (_, part) => (typeof part === 'bigint' ? String(part) : part))).not.toContain('3200');
  });

  it('is told with what is to be reported and until when, the same however often', () => {
    const item = stored(reachedToPlain(reached));
    const [event, ...others] = toEvents({ kind: 'INSERT', item });
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'collection.large-value-reached.v1',
      tenant: 'demo',
      subject: value.id,
      occurredAt: at,
      actor: cause,
      data: {
        id: value.id,
        date: '2026-03-02',
        payer: { name: '江南机械厂', kind: 'COMPANY', account: { number: '****5123' } },
        total: { amount: '2000000.00', currency: 'CNY' },
        threshold: { amount: '2000000.00', currency: 'CNY' },
        count: 1,
        singleReached: true,
        reportBy: '2026-03-09',
      },
    });
    expect(toEvents({ kind: 'INSERT', item })).toEqual([event]);
  });
});

describe('the mark of a day', () => {
  it('tells whose day it is, in one of the shards by when it was marked', () => {
    const block = { ...aBlock([], 7), changedAt: '2026-03-03T01:00:00.000Z' };
    const plain = stored(settledDayToPlain(block, '2026-03-02'));
    expect(settledDayFromPlain(plain)).toEqual({ tenant: 'demo', date: '2026-03-02' });
    expect(settledShards).toContain(plain.timeOf);
    expect(plain.timeAt).toBe('2026-03-03T01:00:00.000Z');
  });

  it('is the same item again for the same block and day, and tells nobody', () => {
    const [first, again] = ['2026-03-02T02:00:00.000Z', '2026-03-03T02:00:00.000Z'].map((changedAt) =>
      settledDayToPlain({ ...aBlock([], 7), changedAt }, '2026-03-02'),
    );
    expect([again?.pk, again?.sk]).toEqual([first?.pk, first?.sk]);
    expect(toEvents({ kind: 'INSERT', item: first ?? {} })).toEqual([]);
  });
});
