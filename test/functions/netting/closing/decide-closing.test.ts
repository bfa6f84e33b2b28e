import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClosingBasis, decideClosing } from '../../../../functions/netting/closing/decide-closing.ts';
import type { ObligationLine, ObligationState } from '../../../../functions/netting/lines/obligation-line.ts';
import { fourParties, plainTerms, shuffled } from '../samples.ts';

const lineOf = (place: number, state: ObligationState = 'UNCONFIRMED', version = 1): ObligationLine => {
  const owed = fourParties[place];
  if (!owed) throw new Error(`There is no obligation ${place}.`);
  return { ...owed, reference: `R-${place}`, version, state };
};
const eight = fourParties.map((_, place) => lineOf(place));
const basis = (more: Partial<ClosingBasis>): ClosingBasis => ({
  ...{ lines: eight, carriedIn: [], terms: plainTerms, rates: [], leaveOut: [] },
  ...more,
});
const netsOf = (more: Partial<ClosingBasis>) => {
  const { decision } = decideClosing(basis(more));
  return decision.outcome === 'NETTED' ? decision.result.positions.map(({ party, net }) => [party, net]) : [];
};

describe('what a cycle is closed with', () => {
  it('is all that is not disputed, withdrawn or left out', () => {
    const lines = [...eight, lineOf(1, 'WITHDRAWN', 2), lineOf(3, 'DISPUTED', 2), lineOf(4, 'CONFIRMED', 2)];
    const { included, moving } = decideClosing(basis({ lines, leaveOut: ['R-7', 'R-0'] }));
    expect(included.map(({ reference }) => reference)).toEqual(['R-2', 'R-4', 'R-5', 'R-6']);
    expect(moving).toEqual([
      { reference: 'R-0', reason: 'LEFT_OUT' },
      { reference: 'R-3', reason: 'DISPUTED' },
      { reference: 'R-7', reason: 'LEFT_OUT' },
    ]);
  });

  it('is only what is confirmed where the centre says so', () => {
    const terms = { ...plainTerms, unconfirmed: 'NEXT_CYCLE' as const };
    const { included, moving } = decideClosing(basis({ lines: [lineOf(0), lineOf(1, 'CONFIRMED')], terms }));
    expect(included.map(({ reference }) => reference)).toEqual(['R-1']);
    expect(moving).toEqual([{ reference: 'R-0', reason: 'UNCONFIRMED' }]);
  });

  it('does not leave out what is moving anyway a second time, nor what is not there', () => {
    const lines = [lineOf(0), lineOf(1, 'DISPUTED')];
    expect(decideClosing(basis({ lines, leaveOut: ['R-1', 'R-5'] })).moving).toEqual([
      { reference: 'R-1', reason: 'DISPUTED' },
    ]);
  });

  it('begins with what was carried in', () => {
    const carriedIn = [{ payer: 'A', payee: '*centre', currency: 'CNY', amount: 5n }];
    expect(netsOf({ carriedIn })).toEqual([
      ['*centre', 5n],
      ['A', 15n],
      ['B', -70n],
      ['C', 40n],
      ['D', 10n],
    ]);
  });

  it('does not depend on the order of lines, nor on their repetition', () => {
    const lines = [...eight, lineOf(2, 'DISPUTED', 2), lineOf(2, 'CONFIRMED', 3), lineOf(5, 'DISPUTED', 2)];
    const expected = decideClosing(basis({ lines }));
    fc.assert(
      fc.property(shuffled([...lines, ...lines]), (some) => {
        expect(decideClosing(basis({ lines: some }))).toEqual(expected);
      }),
    );
  });
});
