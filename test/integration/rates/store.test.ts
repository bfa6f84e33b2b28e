import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/rates/events.ts';
import { putRateSet } from '../../../functions/rates/put-rate-set.ts';
import { requireRate } from '../../../functions/rates/require-rate.ts';
import { fromStreamImage } from '../../../shared/events/stream-image.ts';
import { currencies } from '../../../shared/money/currency.ts';
import { aPut, aSet, dollar, euro } from '../../functions/rates/sets.ts';
import { engines } from '../../support/engines.ts';
import { readStreamRecords } from '../../support/stream-records.ts';
import { ratesOnEngine, type TestRates } from './support.ts';

const corrected = { rates: [{ ...dollar, rate: '7.2' }] };

describe.each(engines())('rate sets on $kind', (engine) => {
  let own: TestRates;
  beforeAll(async () => {
    own = await ratesOnEngine(engine, { streams: true });
  });
  afterAll(() => own?.close());

  it('are read as they were put', async () => {
    const set = await putRateSet(own.store, aPut({ source: 'Fixing' }, { tenant: 'read' }));
    expect(set).toEqual(aSet({ tenant: 'read', source: 'Fixing' }));
    expect(await own.store.readSet('read', 'month-end', '2026-03-31')).toEqual(set);
  });

  it('hold from their date until the next one of the name', async () => {
    const tenant = 'dates';
    for (const date of ['2026-02-28', '2026-04-30', '2026-03-31']) {
      await putRateSet(own.store, aPut({ date }, { tenant }));
    }
    const dateOf = async (asked?: string) => (await own.store.readNewest(tenant, 'month-end', asked))?.date;
    expect(await dateOf('2026-02-27')).toBeUndefined();
    expect(await dateOf('2026-02-28')).toBe('2026-02-28');
    expect(await dateOf('2026-03-30')).toBe('2026-02-28');
    expect(await dateOf('2026-03-31')).toBe('2026-03-31');
    expect(await dateOf('2027-01-01')).toBe('2026-04-30');
    expect(await dateOf()).toBe('2026-04-30');
  });

  it('of one date change by versions and leave the other dates alone', async () => {
    const tenant = 'versions';
    const earlier = await putRateSet(own.store, aPut({ date: '2026-02-28' }, { tenant }));
    await putRateSet(own.store, aPut({}, { tenant }));
    const set = await putRateSet(own.store, aPut(corrected, { tenant, expectedVersion: 1 }));
    expect(set).toMatchObject({ version: 2, ...corrected });
    expect(await own.store.readSet(tenant, 'month-end', '2026-03-31')).toEqual(set);
    expect(await own.store.readSet(tenant, 'month-end', '2026-02-28')).toEqual(earlier);
  });

  it('put again, or refused, leave the table as it was', async () => {
    const tenant = 'again';
    const first = await putRateSet(own.store, aPut({}, { tenant }));
    const before = await own.snapshot();
    const later = { tenant, at: '2026-04-01T00:00:00.000Z' };
    expect(await putRateSet(own.store, aPut({}, later))).toEqual(first);
    await expect(putRateSet(own.store, aPut(corrected, { ...later, expectedVersion: 2 }))).rejects.toMatchObject({
      code: 'rates/version-conflict',
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('are listed by name with their latest date, page by page, each tenant its own', async () => {
    const tenant = 'names';
    const put = (name: string, date: string) => putRateSet(own.store, aPut({ name, date }, { tenant }));
    await put('spot', '2026-03-30');
    await put('Budget', '2026-01-01');
    await put('month-end', '2026-03-31');
    await put('month-end', '2026-02-28');
    await put('spot', '2026-04-01');
    await putRateSet(own.store, aPut({ name: 'theirs' }, { tenant: 'others' }));
    const budget = { name: 'Budget', latestDate: '2026-01-01' };
    const monthEnd = { name: 'month-end', latestDate: '2026-03-31' };
    const spot = { name: 'spot', latestDate: '2026-04-01' };
    const list = (after: string | undefined, count: number) => own.store.listNames(tenant, after, count);
    expect(await list(undefined, 10)).toEqual({ names: [budget, monthEnd, spot], more: false });
    expect(await list(undefined, 2)).toEqual({ names: [budget, monthEnd], more: true });
    expect(await list('month-end', 2)).toEqual({ names: [spot], more: false });
    expect(await list('spot', 2)).toEqual({ names: [], more: false });
  });

  it('of 500 pairs fit one item', async () => {
    const all = currencies();
    const rates = all.flatMap((base, index) =>
      all.slice(0, index).map((quote) => ({ base, quote, rate: '123456789012.123456789012' })),
    );
    const put = aPut({ rates: rates.slice(0, 500) }, { tenant: 'large' });
    const set = await putRateSet(own.store, put);
    expect(set.rates).toHaveLength(500);
    expect(await own.store.readSet('large', 'month-end', '2026-03-31')).toEqual(set);
  });

  it.each([
    ['one is there already', aSet({ changedAt: 'later' }), '2026-03-31'],
    ['the version before is not the one there', aSet({ version: 3 }), '2026-03-31'],
    ['the latest date was taken for unknown', aSet({ date: '2026-04-30' }), undefined],
    ['the latest date was another', aSet({ date: '2026-04-30' }), '2026-02-28'],
  ])('are not written where %s, neither the set nor its name', async (_, set, latestDate) => {
    const tenant = 'overtaken';
    await putRateSet(own.store, aPut({}, { tenant }));
    const before = await own.snapshot();
    expect(await own.store.writeSet({ ...set, tenant }, latestDate)).toBe('MOVED');
    expect(await own.snapshot()).toEqual(before);
  });

  it('put at once by many writers that saw nothing there are put by one, and refused to the others', async () => {
    const tenant = 'race';
    const all = ['7.1', '7.2', '7.3', '7.4'];
    const meet = meeting(all.length);
    const store = { ...own.store, writeSet: meet(own.store.writeSet) };
    const ended = await Promise.allSettled(
      all.map((rate) => putRateSet(store, aPut({ rates: [{ ...dollar, rate }] }, { tenant, expectedVersion: 0 }))),
    );
    const refusals = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refusals).toEqual(Array.from({ length: 3 }, () => 'rates/version-conflict'));
    expect(await own.store.readSet(tenant, 'month-end', '2026-03-31')).toMatchObject({ version: 1 });
  });

  it('put at once by many writers that expect nothing are put one after the other', async () => {
    const tenant = 'queue';
    const all = ['7.1', '7.2', '7.3', '7.4'];
    const meet = meeting(all.length);
    const store = { ...own.store, writeSet: meet(own.store.writeSet) };
    const sets = await Promise.all(
      all.map((rate) => putRateSet(store, aPut({ rates: [{ ...dollar, rate }] }, { tenant }))),
    );
    expect(sets.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
  });

  it('put at once for many dates leave the latest one at the name', async () => {
    const tenant = 'many dates';
    const dates = ['2026-04-30', '2026-01-31', '2026-02-28', '2026-03-31'];
    const meet = meeting(dates.length);
    const store = { ...own.store, writeSet: meet(own.store.writeSet) };
    await Promise.all(dates.map((date) => putRateSet(store, aPut({ date }, { tenant }))));
    expect(await own.store.readLatestDate(tenant, 'month-end')).toBe('2026-04-30');
  });

  it('tell each version once', async () => {
    const records = await readStreamRecords(own.endpoint, own.client, own.table);
    const events = records.flatMap(({ dynamodb }) =>
      dynamodb?.NewImage ? toEvents({ kind: 'MODIFY', item: fromStreamImage(dynamodb.NewImage) }) : [],
    );
    const told = events.filter(({ tenant }) => ['versions', 'again'].includes(tenant));
    expect(told.map(({ tenant, data }) => ({ tenant, ...(data as object) }))).toEqual([
      { tenant: 'versions', name: 'month-end', date: '2026-02-28', version: 1, rates: [euro, dollar] },
      { tenant: 'versions', name: 'month-end', date: '2026-03-31', version: 1, rates: [euro, dollar] },
      { tenant: 'versions', name: 'month-end', date: '2026-03-31', version: 2, ...corrected },
      { tenant: 'again', name: 'month-end', date: '2026-03-31', version: 1, rates: [euro, dollar] },
    ]);
  });

  it('give a rate on a day, with the day it was set for', async () => {
    const tenant = 'rate';
    await putRateSet(own.store, aPut({ date: '2026-02-28', rates: [{ ...dollar, rate: '7' }, euro] }, { tenant }));
    await putRateSet(own.store, aPut(corrected, { tenant }));
    const ask = (date: string, base: string, quote: string) =>
      requireRate(own.store, { tenant, setName: 'month-end', date, base, quote });
    expect(await ask('2026-03-30', 'USD', 'CNY')).toEqual({ numerator: 7n, denominator: 1n, date: '2026-02-28' });
    expect(await ask('2026-04-30', 'CNY', 'USD')).toEqual({ numerator: 10n, denominator: 72n, date: '2026-03-31' });
    expect(await ask('2026-04-30', 'GBP', 'GBP')).toEqual({ numerator: 1n, denominator: 1n, date: '2026-04-30' });
    // The set before it had the euro; the newer one has not, and no older one is looked into.
    await expect(ask('2026-04-30', 'EUR', 'CNY')).rejects.toMatchObject({
      code: 'rates/rate-missing',
      status: 409,
      fields: { base: 'EUR', quote: 'CNY', rateSet: 'month-end', date: '2026-04-30', rateSetDate: '2026-03-31' },
      message: expect.stringContaining('EUR/CNY'),
    });
    await expect(ask('2026-02-27', 'USD', 'CNY')).rejects.toMatchObject({
      code: 'rates/rate-missing',
      message: 'No rate for USD/CNY: There is no rate set month-end on or before 2026-02-27.',
    });
  });
});

/** Lets the first `count` calls of a function begin only when all of them have come; later ones go straight on. */
function meeting(count: number) {
  let come = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return <Given extends unknown[], Result>(go: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      come += 1;
      if (come >= count) open();
      await all;
      return go(...given);
    };
}
