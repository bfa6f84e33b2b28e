import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CollectionOrder } from '../../../../functions/collection/gateway/bank-gateway.ts';
import {
  answersTo,
  asksWhetherFirst,
  handoverOf,
  type SandboxAnswer,
  sandboxRules,
} from '../../../../functions/collection/gateway/sandbox/rules.ts';
import { reasonOfIso } from '../../../../functions/collection/retries/reasons.ts';
import { projectRoot } from '../../../support/project-files.ts';
import { handedAt, orderOf, paymentOf } from './samples.ts';

/** An answer in one line: seconds after the hand-over, state, code or amount. */
function told(suffix: string, more: Partial<CollectionOrder> = {}, isFirst = true): string[] {
  return answersTo(orderOf('1', suffix, more), handedAt, isFirst).map(
    ({ afterMs, state, code, amount }) =>
      `${afterMs / 1000} ${state}${code ? ` ${code}` : ''}${amount ? ` ${amount}` : ''}`,
  );
}

const settles = ['0 ACCEPTED', '1 SETTLED 123456'];
const refused = (code: string) => ['0 ACCEPTED', `1 REJECTED ${code}`];

/** One row for each published rule: over IBPS, 1,234.56, handed over at 10:10. */
const published: readonly [suffix: string, handover: string, answers: readonly string[]][] = [
  ['0001', 'TAKEN', refused('AM04')],
  ['0002', 'TAKEN', refused('AM04')],
  ['0003', 'TAKEN', refused('AC04')],
  ['0004', 'TAKEN', refused('MD01')],
  ['0005', 'TIMES_OUT', settles],
  ['0006', 'LOST', settles],
  ['0007', 'TAKEN', ['93600 SETTLED 123456']],
  ['0008', 'TAKEN', ['0 ACCEPTED', '1 SETTLED 123456', '600 ACCEPTED', '601 SETTLED 123456']],
  ['0009', 'TAKEN', ['1 SETTLED 123456', '3601 ACCEPTED']],
  ['0010', 'TAKEN', [...settles, '172801 RETURNED MS02 123456']],
  ['0011', 'TAKEN', refused('AM04')],
  ['0012', 'RAIL_DOWN', settles],
  ['0013', 'TAKEN', refused('AB10')],
  ['0014', 'TAKEN', refused('AC06')],
  ['0015', 'TAKEN', refused('AM14')],
];

describe('the sandbox bank', () => {
  it.each(published)('does to an account …%s what is published', (suffix, handover, answers) => {
    expect(handoverOf(orderOf('1', suffix))).toBe(handover);
    expect(told(suffix)).toEqual(answers);
  });

  it('has a row of this test for each rule, and each stands in the README as it is', () => {
    expect(published.map(([suffix]) => suffix)).toEqual(sandboxRules.map(({ suffix }) => suffix));
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    for (const { suffix, does } of sandboxRules) expect(readme).toContain(`| …${suffix} | ${does} |`);
  });

  it('settles for …0001 when it is tried again', () => {
    expect(asksWhetherFirst(orderOf('1', '0001'))).toBe(true);
    expect(told('0001', {}, false)).toEqual(settles);
  });

  it('takes …0012 over other rails than BEPS and IBPS', () => {
    const handovers = (['BEPS', 'IBPS', 'HVPS', 'BOOK', 'FILE'] as const).map((railKind) =>
      handoverOf(orderOf('1', '0012', { railKind })),
    );
    expect(handovers).toEqual(['RAIL_DOWN', 'RAIL_DOWN', 'TAKEN', 'TAKEN', 'TAKEN']);
  });

  it.each<[bigint, bigint]>([
    [123_456n, 61_728n],
    [3n, 2n],
    [1n, 1n],
  ])('takes half of %s from …0011, rounded up, where the order allows a part', (amount, half) => {
    expect(told('0011', { amount, partial: true })).toEqual(['0 ACCEPTED', `1 SETTLED ${half}`]);
  });

  it('does to payments what it does to collections by the payee’s account, but for what is of mandates and parts', () => {
    const tells = ({ afterMs, state, code, amount }: SandboxAnswer) =>
      `${afterMs / 1000} ${state}${code ? ` ${code}` : ''}${amount ? ` ${amount}` : ''}`;
    for (const [suffix, handover, answers] of published) {
      const isOfCollections = ['0001', '0004', '0011'].includes(suffix);
      const expected = isOfCollections ? settles : answers;
      expect([suffix, handoverOf(paymentOf('1', suffix))]).toEqual([suffix, handover]);
      expect([suffix, answersTo(paymentOf('1', suffix), handedAt).map(tells)]).toEqual([suffix, expected]);
    }
  });

  it.each<[string, Partial<CollectionOrder>, number]>([
    ['at once by book transfer', { railKind: 'BOOK' }, 1],
    ['at once over IBPS', { railKind: 'IBPS' }, 1],
    ['with the clearing of 10:30 over BEPS, twenty minutes later', { railKind: 'BEPS' }, 1_200],
    ['at once over HVPS on its business date', { railKind: 'HVPS' }, 1],
    ['over HVPS at 08:30 of the next day, 22 h 20 min later', { railKind: 'HVPS', businessDate: '2026-03-03' }, 80_400],
    // 09:00 in Berlin is 16:00 in Shanghai: 5 h 50 min after 10:10.
    ['in a file at 09:00 in Berlin', { railKind: 'FILE', currency: 'EUR' }, 21_000],
  ])('settles everything else %s', (_, more, seconds) => {
    expect(told('5123', more)).toEqual(['0 ACCEPTED', `${seconds} SETTLED 123456`]);
  });

  it('clears BEPS with the next clearing, not with the one that is just now', () => {
    const at = new Date('2026-03-02T02:30:00.000Z');
    expect(answersTo(orderOf('1', '5123', { railKind: 'BEPS' }), at)[1]).toMatchObject({ afterMs: 30 * 60_000 });
  });

  it.each<[string, Partial<CollectionOrder>, readonly string[]]>([
    ['1,000,000.00 over IBPS', { amount: 100_000_000n }, ['0 ACCEPTED', '1 SETTLED 100000000']],
    ['a fen more over IBPS', { amount: 100_000_001n }, refused('AM02')],
    ['a fen more over BEPS', { amount: 100_000_001n, railKind: 'BEPS' }, refused('AM02')],
    ['a fen more over HVPS', { amount: 100_000_001n, railKind: 'HVPS' }, ['0 ACCEPTED', '1 SETTLED 100000001']],
    ['a cent more than SEPA carries', { amount: 100_000_000_000n, railKind: 'FILE', currency: 'EUR' }, refused('AM02')],
  ])('keeps the limits of the rails: %s', (_, more, answers) => {
    expect(told('5123', more)).toEqual(answers);
  });

  it.each<[string, bigint, Partial<CollectionOrder>, bigint | undefined]>([
    ['10,000.00 cost 5.00', 1_000_000n, {}, 500n],
    ['10,000.01 cost 10.00', 1_000_001n, {}, 1_000n],
    ['within one bank nothing', 1_000_001n, { railKind: 'BOOK' }, 0n],
    ['0.20 in a SEPA file', 100n, { railKind: 'FILE', currency: 'EUR' }, 20n],
    ['nothing is said of dollars', 100n, { currency: 'USD' }, undefined],
  ])('charges by the tariff of the rails: %s', (_, amount, more, fee) => {
    expect(answersTo(orderOf('1', '5123', { amount, ...more }), handedAt).at(-1)?.fee).toBe(fee);
  });

  it('gives codes that are known here', () => {
    const codes = published.flatMap(([suffix]) =>
      answersTo(orderOf('1', suffix), handedAt).flatMap(({ code }) => code ?? []),
    );
    expect(codes.filter((code) => reasonOfIso(code) === 'REFUSED')).toEqual([]);
  });
});
