import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldLines } from '../../../../functions/netting/lines/fold-lines.ts';
import { type ObligationLine, obligationStates } from '../../../../functions/netting/lines/obligation-line.ts';
import { owes, shuffled } from '../samples.ts';

function line(reference: string, version: number, state: ObligationLine['state'], amount = 100n): ObligationLine {
  return { ...owes('A', 'B', amount), reference, version, state };
}

const references = (lines: readonly ObligationLine[]) => lines.map(({ reference }) => reference);

describe('the lines of a cycle', () => {
  test('count with their highest version', () => {
    const lines = [line('INV-1', 1, 'UNCONFIRMED'), line('INV-1', 3, 'CONFIRMED'), line('INV-1', 2, 'DISPUTED')];
    expect(foldLines(lines, 'NEXT_CYCLE')).toEqual({ included: [lines[1]], moving: [] });
  });

  test('are one obligation however often they come', () => {
    const lines = [line('INV-1', 1, 'CONFIRMED'), line('INV-1', 1, 'CONFIRMED')];
    expect(foldLines(lines, 'INCLUDED').included).toEqual([line('INV-1', 1, 'CONFIRMED')]);
  });

  test('that are disputed go to the next cycle; withdrawn ones are in none', () => {
    const lines = [line('D', 2, 'DISPUTED'), line('W', 2, 'WITHDRAWN'), line('C', 1, 'CONFIRMED')];
    const { included, moving } = foldLines(lines, 'INCLUDED');
    expect([references(included), references(moving)]).toEqual([['C'], ['D']]);
  });

  test('that nobody confirmed are included or go to the next cycle, as the centre says', () => {
    const lines = [line('INV-1', 1, 'UNCONFIRMED')];
    expect(references(foldLines(lines, 'INCLUDED').included)).toEqual(['INV-1']);
    expect(references(foldLines(lines, 'NEXT_CYCLE').moving)).toEqual(['INV-1']);
  });

  test('may not differ at one version', () => {
    const lines = [line('INV-1', 1, 'CONFIRMED'), line('INV-1', 1, 'CONFIRMED', 101n)];
    expect(() => foldLines(lines, 'INCLUDED')).toThrow('Two lines of INV-1 at version 1 differ.');
  });
});

const someLines = fc
  .uniqueArray(
    fc.record({
      reference: fc.constantFrom('INV-1', 'INV-2', 'INV-3', 'INV-4'),
      version: fc.integer({ min: 1, max: 4 }),
      state: fc.constantFrom(...obligationStates),
    }),
    { selector: ({ reference, version }) => `${reference} ${version}`, maxLength: 16 },
  )
  .map((lines) => lines.map(({ reference, version, state }) => line(reference, version, state)));

test('neither the order of lines nor their repetition matters', () => {
  const other = someLines.chain((lines) =>
    fc.subarray(lines).chain((again) => shuffled([...lines, ...again]).map((mixed) => ({ lines, mixed }))),
  );
  fc.assert(
    fc.property(other, fc.constantFrom('INCLUDED', 'NEXT_CYCLE'), ({ lines, mixed }, unconfirmed) => {
      expect(foldLines(mixed, unconfirmed)).toEqual(foldLines(lines, unconfirmed));
    }),
  );
});

test('disputing one takes out exactly it', () => {
  fc.assert(
    fc.property(someLines, fc.nat(), (lines, pick) => {
      const before = foldLines(lines, 'INCLUDED');
      const disputed = before.included[pick % Math.max(1, before.included.length)];
      fc.pre(disputed !== undefined);
      const after = foldLines([...lines, { ...disputed, version: 5, state: 'DISPUTED' }], 'INCLUDED');
      expect(after.included).toEqual(before.included.filter((one) => one !== disputed));
      expect(references(after.moving)).toEqual([...references(before.moving), disputed.reference].sort());
    }),
  );
});
