import { describe, expect, it } from 'vitest';
import { type LineRefusal, planBatch } from '../../../../functions/collection/batches/plan-batch.ts';
import { readCsvLines, readJsonLines } from '../../../../functions/collection/batches/read-line.ts';
import { malformedLines, refusedLine } from '../../../../functions/collection/batches/refused-line.ts';

describe('a refused line', () => {
  it.each<readonly [LineRefusal, string, string]>([
    [{ code: 'MANDATE_NOT_FOUND' }, 'agreementNumber', 'There is no such mandate; GET /v1/mandates lists yours.'],
    [
      { code: 'MANDATE_NOT_ACTIVE', state: 'SUSPENDED' },
      'agreementNumber',
      'The mandate is SUSPENDED; name one that is ACTIVE on the day.',
    ],
    [
      { code: 'MANDATE_NOT_YET_VALID', validFrom: '2026-04-01' },
      'dueDate',
      'Send a day from 2026-04-01 on, when the mandate begins.',
    ],
    [{ code: 'PAYER_NAME' }, 'payerName', 'It is not the name in the mandate; send that one, or leave it out.'],
    [
      { code: 'DUE_DATE', earliest: '2026-03-02', latest: '2027-03-02' },
      'dueDate',
      'Send a day from 2026-03-02 to 2027-03-02.',
    ],
    [{ code: 'ONE_OFF_USED' }, 'agreementNumber', 'The mandate was for one collection, and had it; make a new one.'],
    [
      { code: 'ABOVE_TRANSACTION_LIMIT', limit: 5_000_000n },
      'amount',
      'The mandate allows at most 50000.00 CNY at once; send less, or set splitAboveLimit.',
    ],
    [
      { code: 'TOO_MANY_PIECES', pieces: 201, most: 200 },
      'amount',
      'It would be cut into 201 pieces, and at most 200 are; send it in several lines.',
    ],
    [
      { code: 'ABOVE_DAILY_LIMIT', limit: 90_000n, room: 0n },
      'amount',
      'The mandate allows at most 900.00 CNY a day; send no more on one day.',
    ],
    [
      { code: 'ABOVE_MONTHLY_LIMIT', limit: 90_001n, room: 5n },
      'amount',
      'The mandate allows at most 900.01 CNY a month; send no more in one month.',
    ],
  ])('says what is wrong, where, and with which figures: $code', (refusal, field, detail) => {
    const { code } = refusal;
    const planned = { line: 7, refusal, mandateBy: 'agreementNumber' } as const;
    expect(refusedLine(planned, 'CNY')).toEqual({ line: 7, code, field, detail });
  });

  it('names the field by which it named its mandate', () => {
    const good = { amount: 100n, currency: 'CNY', references: {}, splitAboveLimit: false };
    const lines = [
      { line: 1, agreementNumber: 'XY-1', ...good },
      { line: 2, mandateId: 'man_1', ...good },
    ];
    const on = { date: '2026-03-02', at: '2026-03-02T02:00:00.000Z' };
    const { refused } = planBatch(lines, 'CNY', () => undefined, on);
    expect(refused.map((one) => refusedLine(one, 'CNY').field)).toEqual(['agreementNumber', 'mandateId']);
  });

  it('shows amounts with the decimals that the currency has', () => {
    const refusal = { code: 'ABOVE_DAILY_LIMIT', limit: 90_000n, room: 0n } as const;
    const planned = { line: 1, refusal, mandateBy: 'mandateId' } as const;
    expect(refusedLine(planned, 'JPY').detail).toMatch('The mandate allows at most 90000 JPY a day;');
  });
});

describe('the lines of a batch', () => {
  const good = { agreementNumber: 'XY-1', amount: { amount: '1250.00', currency: 'CNY' } };

  it('are numbered from 1, with their amounts in minor units', () => {
    expect(readJsonLines([good, { ...good, description: '水费', references: { order: 'SO-1' } }])).toEqual([
      {
        line: 1,
        asked: { line: 1, agreementNumber: 'XY-1', amount: 125_000n, currency: 'CNY', ...plain },
      },
      {
        line: 2,
        asked: {
          ...{ line: 2, agreementNumber: 'XY-1', amount: 125_000n, currency: 'CNY', ...plain },
          ...{ description: '水费', references: { order: 'SO-1' } },
        },
      },
    ]);
  });
  const plain = { references: {}, splitAboveLimit: false };

  it('that cannot be read are named by place and field, once for each fault, and harm no other', () => {
    const lines = readJsonLines([
      good,
      { amount: { amount: '1.001', currency: 'CNY' }, dueDate: '2026-02-30' },
      'no line',
      { ...good, references: { a: '=1+1' } },
    ]);
    expect(lines.map(({ asked }) => asked !== undefined)).toEqual([true, false, false, false]);
    const refused = malformedLines(lines).map(({ line, code, field }) => [line, code, field]);
    expect(refused.toSorted()).toEqual([
      [2, 'MALFORMED', 'agreementNumber'],
      [2, 'MALFORMED', 'amount.amount'],
      [2, 'MALFORMED', 'dueDate'],
      [3, 'MALFORMED', ''],
      [4, 'MALFORMED', 'references.a'],
    ]);
  });

  it('of a file keep the number that they have there, and name columns', () => {
    const faults = [{ column: '金额', detail: 'Send an amount.' }];
    const lines = readCsvLines([{ line: 3, faults }]);
    expect(malformedLines(lines)).toEqual([{ line: 3, code: 'MALFORMED', field: '金额', detail: 'Send an amount.' }]);
  });
});
