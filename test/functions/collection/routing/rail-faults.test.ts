import { describe, expect, test } from 'vitest';
import { defaultRails, railCalendars } from '../../../../functions/collection/routing/default-rails.ts';
import type { Rail } from '../../../../functions/collection/routing/rail.ts';
import { outageFaults, railFaults } from '../../../../functions/collection/routing/rail-faults.ts';
import { hvpsHours, railOf, sepaHours, shanghai } from './samples.ts';

const placesOf = (rails: readonly Rail[]) => railFaults(rails, railCalendars).map(({ path }) => path.join('.'));
const band = (upTo: bigint) => ({ upTo, fee: 1n });

test('the common rails have no fault', () => {
  expect(railFaults(defaultRails, railCalendars)).toEqual([]);
});

describe('a rail has a fault', () => {
  test.each<[string, Partial<Rail>, string[]]>([
    ['that expires before it begins', { expiresOn: '2019-12-31' }, ['0.expiresOn']],
    ['not where it is in force for one day', { expiresOn: '2020-01-01' }, []],
    ['whose maximum is below its minimum', { minimum: 2n, maximum: 1n }, ['0.maximum']],
    ['not where they are equal', { minimum: 2n, maximum: 2n }, []],
    ['in a zone that there is not', { zone: 'Asia/Peking' }, ['0.zone']],
    ['by a calendar that there is not', { hours: { ...hvpsHours, calendar: 'LUNAR' } }, ['0.hours.calendar']],
    ['whose sessions overlap', { hours: { ...hvpsHours, opens: '17:00' } }, ['0.hours.opens']],
    ['whose sessions meet in one instant', { hours: { ...hvpsHours, opens: '17:15' } }, ['0.hours.opens']],
    ['that closes when it opens', { hours: { ...hvpsHours, opensOn: 'SAME_DAY', opens: '17:15' } }, ['0.hours.closes']],
    ['whose cut-offs do not ascend', { hours: { ...sepaHours, cutOffs: ['10:00', '10:00'] } }, ['0.hours.cutOffs.1']],
    [
      'whose bands do not ascend',
      { tariff: { bands: [band(10n), band(20n), band(20n), band(5n)], above: { millionths: 0 } } },
      ['0.tariff.bands.2.upTo', '0.tariff.bands.3.upTo'],
    ],
    [
      'whose cap is below its floor',
      { tariff: { bands: [], above: { millionths: 1, floor: 2n, cap: 1n } } },
      ['0.tariff.above.cap'],
    ],
    ['with both lists of banks', { banks: { same: 'ANY', only: ['105'], except: ['102'] } }, ['0.banks.except']],
  ])('%s', (_, terms, places) => {
    expect(placesOf([railOf('r', terms)])).toEqual(places);
  });
});

describe('versions of a rail', () => {
  const to = (effectiveFrom: string, expiresOn?: string) =>
    railOf('r', { effectiveFrom, ...(expiresOn && { expiresOn }) });

  test('may follow each other, with days between them or without, in any order', () => {
    expect(placesOf([to('2026-01-01'), to('2025-01-01', '2025-12-31'), to('2024-01-01', '2024-06-30')])).toEqual([]);
  });

  test.each<[string, Rail[], string]>([
    ['one day', [to('2025-01-01', '2026-01-01'), to('2026-01-01')], '1.effectiveFrom'],
    ['for ever, told out of order', [to('2026-01-01'), to('2025-01-01')], '0.effectiveFrom'],
    ['the same first day', [to('2026-01-01', '2026-03-31'), to('2026-01-01')], '1.effectiveFrom'],
  ])('may not overlap: %s', (_, rails, place) => {
    expect(placesOf(rails)).toEqual([place]);
  });

  test('say how to mend it', () => {
    expect(railFaults([to('2025-01-01'), to('2026-01-01')], railCalendars)).toEqual([
      {
        path: [1, 'effectiveFrom'],
        detail: 'rails/0 is a version of r too: let it expire on 2025-12-31 or earlier, or begin later.',
      },
    ]);
  });

  test('stay the same rail', () => {
    const other = railOf('r', { effectiveFrom: '2027-01-01', kind: 'BEPS', currency: 'EUR', zone: 'Europe/Berlin' });
    expect(placesOf([to('2025-01-01', '2026-12-31'), other])).toEqual(['1.kind', '1.currency', '1.zone']);
  });

  test('of another rail do not matter', () => {
    expect(placesOf([railOf('a'), railOf('b')])).toEqual([]);
  });
});

test('an outage ends after it begins', () => {
  const from = shanghai('2025-10-15 10:00');
  expect(outageFaults([{ from }, { from, to: new Date(from.getTime() + 1) }])).toEqual([]);
  expect(outageFaults([{ from }, { from, to: from }]).map(({ path }) => path)).toEqual([[1, 'to']]);
});
