import { describe, expect, it } from 'vitest';
import { describeStatement } from '../../../functions/statements/statement.ts';
import type { StatementHeader } from '../../../shared/formats/statement-events.ts';
import { entry, page } from './pages.ts';

function statementOf(header: Partial<StatementHeader>, entries = [entry(100n)]) {
  return describeStatement('demo', 'key', [page({ header, entries })]);
}

const undated = [{ ...entry(100n), bookingDate: '', valueDate: '' }];

describe('two reports that say the same', () => {
  it.each([
    ['camt.052', { createdAt: '2026-03-02T10:00:00' }, { createdAt: '2026-03-02T11:00:00' }],
    ['MT942', { createdAt: '2603021000+0100' }, { createdAt: '2603021100+0100' }],
    ['MT942', { messageId: 'M1' }, { messageId: 'M2' }],
  ] as const)('%s of different times or messages are two', (format, one, other) => {
    const numbered = { format, sequenceNumber: '41' };
    expect(statementOf({ ...numbered, ...one }).id).not.toBe(statementOf({ ...numbered, ...other }).id);
    expect(statementOf({ ...numbered, ...one }).id).toBe(statementOf({ ...numbered, ...one }).id);
  });

  it('without a number, of different messages, are two', () => {
    const account = { number: '4711', currency: 'EUR' };
    const ids = ['M1', 'M2'].map((messageId) => {
      const { sequenceNumber: _, ...header } = page({}).header;
      const parts = page({ entries: [entry(100n)] });
      return describeStatement('demo', 'key', [{ ...parts, header: { ...header, account, messageId } }]).id;
    });
    expect(ids[0]).not.toBe(ids[1]);
  });
});

describe('the day of a statement without closing balance or booking', () => {
  it('is that of its making, which does not enter its id', () => {
    const first = statementOf({ createdAt: '2026-03-09T18:00:00' }, undated);
    const again = statementOf({ createdAt: '2026-03-10T06:00:00' }, undated);
    expect([first.toDate, again.toDate]).toEqual(['2026-03-09', '2026-03-10']);
    expect(again.id).toBe(first.id);
  });

  it.each(['2603021000+0100', '2026-13-45T00:00:00', '02.03.2026'])('is no date made of %s', (createdAt) => {
    expect(statementOf({ createdAt }, undated).toDate).toBeUndefined();
    expect(statementOf({ createdAt }, [{ ...entry(1n), bookingDate: '', valueDate: '2026-03-04' }]).toDate).toBe(
      '2026-03-04',
    );
  });
});
