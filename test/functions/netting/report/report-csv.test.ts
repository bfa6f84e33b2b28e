import { describe, expect, it } from 'vitest';
import type { CycleFigures } from '../../../../functions/netting/closing/closing.ts';
import { describeResult } from '../../../../functions/netting/closing/pack-result.ts';
import { presentResult } from '../../../../functions/netting/report/present-figures.ts';
import { reportCsv } from '../../../../functions/netting/report/report-csv.ts';
import { noRows, type Rows, type Section } from '../../../../functions/netting/report/rows.ts';
import { aCycle } from '../intake-samples.ts';

const figures: CycleFigures = {
  ...{ centreVersion: 3, obligations: 1, carriedIn: 0, moved: 1, parties: 2, home: 'CNY', residue: -1n },
  rates: [{ currency: 'JPY', numerator: 48_123n, denominator: 1_000_000n, date: '2026-03-30' }],
  savings: [
    {
      ...{ currency: 'CNY', gross: { count: 1, value: 680n }, bilateral: { count: 1, value: 400n } },
      ...{ net: { count: 2, value: 70n }, valueSavedBasisPoints: 8_971n, countSavedBasisPoints: -10_000n },
    },
  ],
  fewest: [{ currency: 'CNY', fewest: 'HEURISTIC' }],
};
const rows: Rows = {
  POSITIONS: [['A', 'JPY', 1_500n, 0n, -1_500n, -7_218n]],
  BILATERAL: [['A', 'B', 'JPY', 1_500n, 2, 0n, 0]],
  TO_PAY: [['A', 'CNY', -7_218n]],
  LEGS: [['TO_CENTRE', 'A', '*centre', 'CNY', 7_218n]],
  CARRIED: [['*centre', 'B', 'CNY', 5n]],
  MOVED: [['=1+1', 'LEFT_OUT']],
  BREACHES: [
    ['NET_DEBIT', 'A', null, 'CNY', 100n, 150n, 50n],
    ['BILATERAL', 'A', 'B', 'JPY', 1n, 3n, 2n],
  ],
};
const result = describeResult(figures, rows);
const source = {
  blocks: Object.fromEntries(Object.keys(noRows).map((section) => [section, 1])) as Record<Section, number>,
  read: async (section: Section) => rows[section] as never,
};
const linesOf = async (section: Section) =>
  (await reportCsv({ cycle: aCycle(), result, rows: source, isTrial: false }, section, undefined)).text
    .split('\r\n')
    .slice(0, -1);

describe('a report as CSV', () => {
  it.each<[Section, string[]]>([
    [
      'POSITIONS',
      [
        '\ufeffparticipant,currency,grossPaid,grossReceived,net,converted,homeCurrency',
        'A,JPY,1500,0,-1500,-72.18,CNY',
      ],
    ],
    [
      'BILATERAL',
      [
        '\ufefffirst,second,currency,firstOwes,firstCount,secondOwes,secondCount,netOfFirst',
        'A,B,JPY,1500,2,0,0,-1500',
      ],
    ],
    ['TO_PAY', ['\ufeffparticipant,currency,net', 'A,CNY,-72.18']],
    ['LEGS', ['\ufeffkind,payer,payee,amount,currency', 'TO_CENTRE,A,*centre,72.18,CNY']],
    ['CARRIED', ['\ufeffpayer,payee,amount,currency', '*centre,B,0.05,CNY']],
    [
      'BREACHES',
      [
        '\ufeffkind,payer,payee,limit,owed,excess,currency',
        'NET_DEBIT,A,,1.00,1.50,0.50,CNY',
        'BILATERAL,A,B,1,3,2,JPY',
      ],
    ],
  ])('has %s with a byte order mark and the decimals of each currency', async (section, lines) => {
    expect(await linesOf(section)).toEqual(lines);
  });

  it('runs no reference as a formula', async () => {
    expect((await linesOf('MOVED'))[1]).toBe("'=1+1,LEFT_OUT");
  });
});

describe('the figures of a cycle', () => {
  it('show rates as they were given, savings in value and number, and how payments were found', () => {
    expect(presentResult(result)).toMatchObject({
      residue: { amount: '-0.01', currency: 'CNY' },
      rates: [{ base: 'JPY', quote: 'CNY', rate: '0.048123', date: '2026-03-30' }],
      savings: [
        {
          ...{ savedValue: { amount: '6.10', currency: 'CNY' }, savedPayments: -1 },
          ...{ savedValuePercent: '89.71', savedPaymentsPercent: '-100.00' },
        },
      ],
      fewestPayments: [{ currency: 'CNY', how: 'HEURISTIC' }],
      rows: { positions: 1, breaches: 2 },
    });
  });
});
