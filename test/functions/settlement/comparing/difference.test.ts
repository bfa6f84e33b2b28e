import { describe, expect, it } from 'vitest';
import {
  explain,
  noteCharactersMax,
  openDifference,
  resolve,
} from '../../../../functions/settlement/comparing/difference.ts';

const found = {
  id: 'LEDGER_DIFFERS#paid',
  class: 'LEDGER_DIFFERS',
  date: '2026-03-02',
  figure: 'paid',
  ledger: 1n,
  journal: 2n,
} as const;
const open = openDifference(found);
const step = { note: 'The callback came after midnight', by: 'operator@demo', at: '2026-03-03T01:00:00Z' };

function taken({ difference }: ReturnType<typeof explain>) {
  if (!difference) throw new Error('The step was not taken');
  return difference;
}

describe('a difference', () => {
  it('is open, then explained, then resolved, and keeps who said what last', () => {
    expect(open).toEqual({ found, state: 'OPEN' });
    const explained = taken(explain(open, step));
    expect(explained).toEqual({ found, state: 'EXPLAINED', step });
    const end = { ...step, note: 'Paid by the channel', by: 'treasurer@demo' };
    expect(taken(resolve(explained, end))).toEqual({ found, state: 'RESOLVED', step: end });
  });

  it('may be resolved at once, and explained anew', () => {
    expect(taken(resolve(open, step)).state).toBe('RESOLVED');
    const again = { ...step, note: 'It was the summer time' };
    expect(taken(explain(taken(explain(open, step)), again)).step).toEqual(again);
  });

  it('that is resolved does not change any more', () => {
    const resolved = taken(resolve(open, step));
    expect(explain(resolved, step)).toEqual({ fault: { code: 'RESOLVED_ALREADY', step } });
    expect(resolve(resolved, { ...step, note: 'Another' })).toEqual({ fault: { code: 'RESOLVED_ALREADY', step } });
  });

  it('takes the same step again without a change, whenever it comes', () => {
    const resolved = taken(resolve(open, step));
    expect(taken(resolve(resolved, { ...step, note: ` ${step.note} `, at: '2026-03-04T00:00:00Z' }))).toBe(resolved);
    const explained = taken(explain(open, step));
    expect(taken(explain(explained, step))).toBe(explained);
  });

  it('has a note with every step, of bounded length', () => {
    expect(explain(open, { ...step, note: '  ' })).toEqual({ fault: { code: 'NOTE_MISSING' } });
    expect(resolve(open, { ...step, note: 'x'.repeat(noteCharactersMax + 1) })).toEqual({
      fault: { code: 'NOTE_TOO_LONG', max: noteCharactersMax },
    });
  });
});
