import { describe, expect, test } from 'vitest';
import { checkTerms } from '../../../../functions/settlement/splits/check-terms.ts';
import type { Share, SplitLine, SplitTerms } from '../../../../functions/settlement/splits/split-rule.ts';
import { fen, fixed, line, ratio, remainder, terms, tiers, weight } from './samples.ts';

const faultsOf = (lines: readonly SplitLine[], more: Partial<SplitTerms> = {}) =>
  checkTerms(terms(lines, more)).map(({ path }) => path.join('/'));
const many = (count: number, share: Share) =>
  Array.from({ length: count }, (_, index) => line(index + 1, `r${index}`, share));
const bearer = (sequence: number) => ({ feeBearer: { kind: 'LINE', sequence } as const });

describe('terms without faults', () => {
  test.each<[string, SplitTerms]>([
    ['fixed lines and a remainder', terms([line(1, 'a', fixed('20.00')), line(2, 'b', remainder)])],
    ['all to the merchant', terms([line(1, 'own', remainder)])],
    ['weights 1:1:1 with a bearer', terms(many(3, weight(1)), bearer(1))],
    ['weights 1:1:1 of what is left after the fee', terms(many(3, weight(1)), { base: 'NET_OF_FEE' })],
    ['0.60 % and 5.00 % for others', terms([line(1, 'a', ratio(60)), line(2, 'b', ratio(500))])],
    ['a fixed amount and a ratio of one receiver', terms([line(1, 'a', fixed('0.50')), line(2, 'a', ratio(300))])],
    [
      '95 to 5 where the merchant bears the fee',
      terms([line(1, 'own', ratio(9_500)), line(2, 'a', ratio(500))], { feeBearer: { kind: 'MERCHANT' } }),
    ],
    ['50 lines', terms(many(50, ratio(200)), bearer(50))],
    [
      '20 tiers',
      terms([line(1, 'a', tiers('WHOLE', ...Array.from({ length: 20 }, (_, n) => [`${n}.00`, n] as const)))]),
    ],
    [
      'tiers and a ratio that add up to 100 % at the height of one',
      terms([line(1, 'a', tiers('MARGINAL', ['0', 5_000], ['10', 1_000])), line(2, 'b', ratio(5_000))], bearer(2)),
    ],
    ['a cap that equals its floor', terms([line(1, 'a', ratio(100), { cap: 5n, floor: 5n })])],
    ['a lifetime cap of all', terms([line(1, 'a', ratio(100))], { lifetimeCapBasisPoints: 10_000n })],
  ])('%s', (_, good) => {
    expect(checkTerms(good)).toEqual([]);
  });
});

describe('one line by itself', () => {
  test.each<[string, SplitLine, string[]]>([
    ['a fixed amount of nothing', line(1, 'a', fixed('0.00')), ['lines/0/share/amount']],
    ['a negative fixed amount', line(1, 'a', fixed('-1.00')), ['lines/0/share/amount']],
    ['a ratio of nothing', line(1, 'a', ratio(0)), ['lines/0/share/basisPoints']],
    ['a negative ratio', line(1, 'a', ratio(-1)), ['lines/0/share/basisPoints']],
    ['a ratio above 100 %', line(1, 'a', ratio(10_001)), ['lines/0/share/basisPoints']],
    ['a weight of nothing', line(1, 'a', weight(0)), ['lines/0/share/weight']],
    ['a weight above a million', line(1, 'a', weight(1_000_001)), ['lines/0/share/weight']],
    ['no tiers', line(1, 'a', tiers('MARGINAL')), ['lines/0/share/tiers']],
    ['tiers not from 0', line(1, 'a', tiers('WHOLE', ['0.01', 100])), ['lines/0/share/tiers/0/from']],
    [
      'tiers that do not ascend',
      line(1, 'a', tiers('WHOLE', ['0', 100], ['5', 90], ['5', 80], ['4', 70])),
      ['lines/0/share/tiers/2/from', 'lines/0/share/tiers/3/from'],
    ],
    [
      'tiers below 0 % and above 100 %',
      line(1, 'a', tiers('WHOLE', ['0', -1], ['5', 10_001])),
      ['lines/0/share/tiers/0/basisPoints', 'lines/0/share/tiers/1/basisPoints'],
    ],
    ['tiers of which none gives anything', line(1, 'a', tiers('WHOLE', ['0', 0], ['5', 0])), ['lines/0/share/tiers']],
    ['sequence 0', line(0, 'a', ratio(1)), ['lines/0/sequence']],
    ['a sequence between two', line(1.5, 'a', ratio(1)), ['lines/0/sequence']],
    ['a cap below its floor', line(1, 'a', ratio(1), { cap: 4n, floor: 5n }), ['lines/0/cap']],
    ['a cap and a floor of nothing', line(1, 'a', ratio(1), { cap: 0n, floor: 0n }), ['lines/0/cap', 'lines/0/floor']],
    ['bounds of a fixed line', line(1, 'a', fixed('1'), { cap: 5n, floor: 1n }), ['lines/0/cap', 'lines/0/floor']],
  ])('%s', (_, wrong, places) => {
    expect(faultsOf([wrong])).toEqual(places);
  });

  test('21 tiers', () => {
    const steps = Array.from({ length: 21 }, (_, n) => [`${n}.00`, 1] as const);
    expect(faultsOf([line(1, 'a', tiers('MARGINAL', ...steps))])).toEqual(['lines/0/share/tiers']);
  });
});

describe('lines together', () => {
  test.each<[string, readonly SplitLine[], Partial<SplitTerms>, string[]]>([
    ['none', [], {}, ['lines']],
    ['51', many(51, ratio(1)), {}, ['lines']],
    [
      'two remainders',
      [line(1, 'a', ratio(1)), line(2, 'b', remainder), line(3, 'c', remainder)],
      {},
      ['lines/2/share/kind'],
    ],
    ['one sequence twice', [line(1, 'a', ratio(1)), line(1, 'b', ratio(1))], {}, ['lines/1/sequence']],
    ['two ratios of one receiver', [line(1, 'a', ratio(1)), line(2, 'a', ratio(1))], {}, ['lines/1/receiver']],
    ['a ratio and the remainder of one', [line(1, 'a', ratio(1)), line(2, 'a', remainder)], {}, ['lines/1/receiver']],
    ['two lines of the merchant', [line(1, 'own', fixed('1')), line(2, 'own', fixed('1'))], {}, ['lines/1/receiver']],
    ['ratios of 100.01 %', [line(1, 'a', ratio(5_000)), line(2, 'b', ratio(5_001))], bearer(1), ['lines']],
    [
      'tiers that are above 100 % with a ratio from some height on',
      [line(1, 'a', tiers('MARGINAL', ['0', 100], ['10', 5_000])), line(2, 'b', ratio(5_001))],
      {},
      ['lines'],
    ],
    [
      // Of 10.00 the marginal line has 8.00 and the whole one 5.00.
      'tiers of both sorts that are 90 % at each height, and more than all where one steps up',
      [
        line(1, 'a', tiers('MARGINAL', ['0', 8_000], ['10', 4_000])),
        line(2, 'b', tiers('WHOLE', ['0', 1_000], ['10', 5_000])),
      ],
      {},
      ['lines'],
    ],
    ['weights and a ratio', [line(1, 'a', weight(1)), line(2, 'b', ratio(1))], bearer(1), ['lines/0/share/kind']],
    ['a ratio with FIXED', [line(1, 'a', ratio(1))], { method: 'FIXED' }, ['lines/0/share/kind']],
    [
      'a fixed line with RATIO',
      [line(1, 'a', fixed('1')), line(2, 'b', ratio(1))],
      { method: 'RATIO' },
      ['lines/0/share/kind'],
    ],
    ['no ratio with RATIO', [line(1, 'a', remainder)], { method: 'RATIO' }, ['method']],
    ['no fixed line with FIXED_THEN_RATIO', [line(1, 'a', ratio(1))], { method: 'FIXED_THEN_RATIO' }, ['method']],
    ['no ratio with FIXED_THEN_RATIO', [line(1, 'a', fixed('1'))], { method: 'FIXED_THEN_RATIO' }, ['method']],
    ['a cap for the merchant of the merchant', [line(1, 'own', ratio(1), { cap: 1n })], {}, ['lines/0/cap']],
    ['a cap on the merchant’s remainder', [line(1, 'own', remainder, { cap: 1n })], {}, ['lines/0/cap']],
    ['a lifetime cap of nothing', [line(1, 'a', ratio(1))], { lifetimeCapBasisPoints: 0n }, ['lifetimeCapBasisPoints']],
    [
      'a lifetime cap above 100 %',
      [line(1, 'a', ratio(1))],
      { lifetimeCapBasisPoints: 10_001n },
      ['lifetimeCapBasisPoints'],
    ],
  ])('%s', (_, lines, more, places) => {
    expect(faultsOf(lines, more)).toEqual(places);
  });
});

describe('the bearer of the fee', () => {
  const halves = many(2, ratio(5_000));

  test.each<[string, readonly SplitLine[], Partial<SplitTerms>, string[]]>([
    ['is missing where ratios make 100 % of PAID', halves, {}, ['feeBearer']],
    ['is missing where weights make 100 % of ORDER', many(2, weight(1)), { base: 'ORDER' }, ['feeBearer']],
    [
      'is missing, though a line is the merchant’s',
      [line(1, 'own', ratio(9_500)), line(2, 'a', ratio(500))],
      {},
      ['feeBearer'],
    ],
    [
      'is missing where tiers make 100 % from some height on',
      [line(1, 'a', tiers('WHOLE', ['0', 100], ['10', 5_000])), line(2, 'b', ratio(5_000))],
      {},
      ['feeBearer'],
    ],
    [
      // Of exactly 10.00 they have 8.00 and 2.00, of 10.01 they leave 0.004.
      'is missing where tiers make 100 % of one amount only',
      [
        line(1, 'a', tiers('MARGINAL', ['0', 8_000], ['10', 4_000])),
        line(2, 'b', tiers('WHOLE', ['0', 1_000], ['10', 2_000])),
      ],
      {},
      ['feeBearer'],
    ],
    ['is a remainder that never gets anything', [...halves, line(3, 'c', remainder)], bearer(3), ['feeBearer']],
    ['is a merchant that never gets anything', halves, { feeBearer: { kind: 'MERCHANT' } }, ['feeBearer']],
    [
      'is a merchant, and the remainder is of another',
      [line(1, 'a', fixed('1')), line(2, 'b', remainder)],
      { feeBearer: { kind: 'MERCHANT' } },
      ['feeBearer'],
    ],
    ['is a line that there is not', halves, bearer(3), ['feeBearer/sequence']],
    ['is a fixed line', [line(1, 'a', fixed('1')), line(2, 'b', remainder)], bearer(1), ['feeBearer/sequence']],
    ['is named though the fee is out before', halves, { base: 'NET_OF_FEE', ...bearer(1) }, ['feeBearer']],
  ])('%s', (_, lines, more, places) => {
    expect(faultsOf(lines, more)).toEqual(places);
  });
});

test('every fault says how to mend it', () => {
  expect(checkTerms(terms([line(1, 'a', ratio(5_000)), line(2, 'b', ratio(5_500))]))).toEqual([
    { path: ['lines'], detail: 'Ratios add up to 105.00 %; send 100.00 % at most.' },
  ]);
  const steep = line(1, 'a', tiers('MARGINAL', ['0', 100], ['10', 5_000]));
  expect(checkTerms(terms([line(2, 'b', ratio(5_001)), steep]))).toEqual([
    { path: ['lines'], detail: 'Ratios add up to 100.01 % from where tier 2 of line 1 begins; send 100.00 % at most.' },
  ]);
  const [marginal, whole] = [
    tiers('MARGINAL', ['0', 8_000], ['10', 4_000]),
    tiers('WHOLE', ['0', 1_000], ['10', 5_000]),
  ];
  expect(checkTerms(terms([line(1, 'a', marginal), line(2, 'b', whole)]))).toEqual([
    {
      path: ['lines'],
      detail: 'Where tier 2 of line 1 begins the tiers ask for more than all of it together; lower one of them.',
    },
  ]);
  expect(checkTerms(terms([line(1, 'a', ratio(0), { cap: fen('1.00'), floor: fen('2.00') })]))).toEqual([
    { path: ['lines', 0, 'share', 'basisPoints'], detail: 'Send 1 to 10000 basis points; 100 is 1 %.' },
    { path: ['lines', 0, 'cap'], detail: 'Send the floor or more; else no share fits.' },
  ]);
  expect(checkTerms(terms([line(1, 'a', weight(1)), line(2, 'b', weight(2))]))).toEqual([
    {
      path: ['feeBearer'],
      detail:
        'The lines add up to 100 % of PAID and leave nothing for the fee; name the LINE by ratio that bears it, or MERCHANT where one is its own.',
    },
  ]);
});
