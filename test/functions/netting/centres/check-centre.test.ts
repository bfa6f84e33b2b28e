import { describe, expect, it } from 'vitest';
import type { CentreTerms, PairTerms } from '../../../../functions/netting/centres/centre.ts';
import {
  pairFaults,
  participantFaults,
  termsFaults,
  unboundFaults,
} from '../../../../functions/netting/centres/check-centre.ts';
import { aParticipant, facts, noPairs } from '../intake-samples.ts';

const placesOf = (faults: readonly { readonly path: readonly unknown[] }[]) => faults.map(({ path }) => path.join('/'));
const schedule = (more: object) => ({ schedule: { ...facts.schedule, ...more } });
const cny = (amount: bigint) => ({ currency: 'CNY' as const, amount });

describe('terms of a centre that do not fit together', () => {
  it('are those of the samples not', () => {
    expect(termsFaults(facts)).toEqual([]);
  });

  it.each<[string, Partial<CentreTerms>, string[]]>([
    ['pairs that pay through the centre', { mode: 'BILATERAL' }, ['payments']],
    ['a conversion without rates', { settlement: 'HOME_CURRENCY' }, ['rateSet']],
    ['a currency twice', { currencies: ['CNY', 'CNY'] }, ['currencies/1']],
    [
      'a minimum in a currency that is not paid',
      { settlement: 'HOME_CURRENCY', rateSet: 'noon', minimumPayments: [{ currency: 'EUR', amount: 1n }] },
      ['minimumPayments/0/currency'],
    ],
    ['two minimums of one currency', { minimumPayments: [cny(1n), cny(2n)] }, ['minimumPayments/1/currency']],
    [
      'a confirmation before the cut-off',
      schedule({ confirmation: { workingDays: 0, time: '17:00' } }),
      ['schedule/confirmation/time'],
    ],
    ['value before the confirmation has ended', schedule({ valueDays: 0 }), ['schedule/valueDays']],
  ])('%s', (_, more, places) => {
    expect(placesOf(termsFaults({ ...facts, ...more }))).toEqual(places);
  });

  it('a conversion needs no rates where all is in the home currency', () => {
    expect(termsFaults({ ...facts, currencies: ['CNY'], settlement: 'HOME_CURRENCY' })).toEqual([]);
  });

  it('participants that come twice, or have two accounts or limits in one currency, or a strange one', () => {
    const account = { at: 'LEDGER', currency: 'CNY', accountId: 'acc_1' } as const;
    const participants = [
      aParticipant('A', { accounts: [account, account] }),
      aParticipant('A', { netDebitLimits: [{ currency: 'USD', amount: 1n }] }),
    ];
    expect(placesOf(participantFaults(participants, facts))).toEqual([
      '1/id',
      '0/accounts/1/currency',
      '1/netDebitLimits/0/currency',
    ]);
  });

  it('limits in a home currency that nothing is paid in nor converted to', () => {
    const euros = { ...facts, currencies: ['EUR'] };
    const limited = [aParticipant('A', { netDebitLimits: [cny(1n)] })];
    const pairs = { ...noPairs, bilateralLimits: [{ payer: 'A', payee: 'B', ...cny(1n) }] };
    const home = { ...euros, settlement: 'HOME_CURRENCY' } as const;
    expect(placesOf(participantFaults(limited, euros))).toEqual(['0/netDebitLimits/0/currency']);
    expect(placesOf(pairFaults(pairs, () => true, euros))).toEqual(['bilateralLimits/0/amount/currency']);
    expect([...participantFaults(limited, home), ...pairFaults(pairs, () => true, home)]).toEqual([]);
    expect([placesOf(unboundFaults(limited, euros)), unboundFaults(limited, home)]).toEqual([['settlement'], []]);
  });

  it.each<[string, Partial<PairTerms>, string[]]>([
    ['a limit of nobody', { bilateralLimits: [{ payer: 'A', payee: 'X', ...cny(1n) }] }, ['bilateralLimits/0/payee']],
    [
      'a limit towards oneself',
      { bilateralLimits: [{ payer: 'A', payee: 'A', ...cny(1n) }] },
      ['bilateralLimits/0/payee'],
    ],
    [
      'a limit in a strange currency',
      { bilateralLimits: [{ payer: 'A', payee: 'B', currency: 'USD', amount: 1n }] },
      ['bilateralLimits/0/amount/currency'],
    ],
    [
      'a limit twice',
      {
        bilateralLimits: [
          { payer: 'A', payee: 'B', ...cny(1n) },
          { payer: 'A', payee: 'B', ...cny(2n) },
        ],
      },
      ['bilateralLimits/1'],
    ],
    [
      'a pair twice, the other way round',
      {
        excludedPairs: [
          ['A', 'B'],
          ['B', 'A'],
        ],
      },
      ['excludedPairs/1'],
    ],
    ['a pair of one', { excludedPairs: [['A', 'A']] }, ['excludedPairs/0/1']],
  ])('%s', (_, more, places) => {
    const has = (id: string) => ['A', 'B'].includes(id);
    expect(placesOf(pairFaults({ ...noPairs, ...more }, has, facts))).toEqual(places);
  });
});
