import { describe, expect, it } from 'vitest';
import { obligationFaults } from '../../../../functions/netting/obligations/check-obligation.ts';
import { presentBatch } from '../../../../functions/netting/obligations/present-obligation.ts';
import { readLines } from '../../../../functions/netting/obligations/read-lines.ts';
import { anAsked, anObligation } from '../intake-samples.ts';

/** What a function may answer. (AWS Lambda quotas.) */
const answeredBytesMax = 6 * 1024 * 1024;
/** The answer stands as a text in what the function answers. */
const sizeOf = (batch: object) =>
  Buffer.byteLength(JSON.stringify({ statusCode: 200, headers: {}, body: JSON.stringify(batch) }));
const refused = (lines: readonly unknown[]) =>
  readLines(lines, '2026-03-31').map(({ faults = [] }) => ({ outcome: 'REFUSED' as const, faults }));

describe('the answer to a batch', () => {
  it('fits what a function answers, where 10,000 lines are of another centre', () => {
    const centre = { id: 'ctr_group', currencies: ['CNY', 'EUR'] as const };
    const results = Array.from({ length: 10_000 }, (_, n) => {
      const parties = { payer: `SUBSIDIARY-SHANGHAI-${n % 500}`, payee: `SUBSIDIARY-BERLIN-${n % 700}` };
      const asked = anAsked(`IC-2026-${n}`, { ...parties, currency: 'USD', date: '2025-03-01' });
      const faults = obligationFaults(asked, { centre, participants: new Map(), today: '2026-03-31' });
      return { outcome: 'REFUSED' as const, faults };
    });
    const batch = presentBatch(results);
    expect(sizeOf(batch)).toBeLessThan(answeredBytesMax);
    // The first are told all, the last by code and field, and how many more there are; each line is told something.
    expect(batch.results[0]).toMatchObject({ faults: results[0]?.faults });
    expect(batch.results.at(-1)).toEqual({
      ...{ line: 10_000, outcome: 'REFUSED', untold: 3 },
      faults: [{ code: 'PARTICIPANT_NOT_FOUND', field: 'payer' }],
    });
  });

  it('fits where one line has more unknown fields than can be told, and one of them a name that never ends', () => {
    const fields = [['x'.repeat(1_000_000), 1], ...Array.from({ length: 200_000 }, (_, n) => [`f${n}`, 1])];
    const batch = presentBatch(refused([Object.fromEntries(fields)]));
    expect(sizeOf(batch)).toBeLessThan(20_000);
    // Four fields are missing, and 200,001 are unknown.
    expect(batch.results).toMatchObject([{ line: 1, outcome: 'REFUSED', untold: 200_005 - 50 }]);
  });

  it('fits with the longest ids, where half of it is taken and half is empty', () => {
    const obligation = anObligation({ id: `obl_${'0'.repeat(26)}`, cycleId: `cyc_${'g'.repeat(40)}_2026-03-31` });
    const taken = Array.from({ length: 5_000 }, () => ({ outcome: 'ACCEPTED' as const, obligation }));
    const empty = refused(Array.from({ length: 5_000 }, () => ({})));
    expect(sizeOf(presentBatch([...taken, ...empty]))).toBeLessThan(answeredBytesMax);
    expect(sizeOf(presentBatch([...taken, ...taken]))).toBeLessThan(answeredBytesMax);
  });

  it('says of what is known what it is by now: what was withdrawn counts nothing', () => {
    const [told] = presentBatch([{ outcome: 'KNOWN', obligation: anObligation({ state: 'WITHDRAWN' }) }]).results;
    expect(told).toMatchObject({ outcome: 'KNOWN', state: 'WITHDRAWN' });
  });
});
