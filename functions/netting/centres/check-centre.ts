import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { type Fault, under, when } from '../../../shared/problems/located-faults.ts';
import type { Centre, CentreTerms, PairTerms } from './centre.ts';
import { identityFaults } from './identity.ts';
import { PARTICIPANTS_MAX, type Participant } from './participant.ts';

/** What the terms of a centre are looked at with. */
export type CheckedTerms = CentreTerms & Pick<Centre, 'homeCurrency'>;
type Currencies = Pick<CheckedTerms, 'currencies' | 'homeCurrency' | 'settlement'>;

/** What does not fit together in the terms of a centre, each at its field. */
export function termsFaults(terms: CheckedTerms): Fault[] {
  const { mode, payments, settlement, rateSet, schedule, minimumPayments, currencies, homeCurrency } = terms;
  const { confirmation, cutOff, valueDays } = schedule;
  const isEarly = confirmation?.workingDays === 0 && confirmation.time <= cutOff;
  const converts = settlement === 'HOME_CURRENCY' && currencies.some((one) => one !== homeCurrency);
  const paid = settlement === 'HOME_CURRENCY' ? [homeCurrency] : currencies;
  return [
    ...twice(currencies, ['currencies']),
    ...twice(terms.sources, ['sources']),
    ...when(
      mode === 'BILATERAL' && payments !== 'DIRECT',
      ['payments'],
      'In BILATERAL each pair pays its difference by itself: send DIRECT, or the mode MULTILATERAL.',
    ),
    ...when(
      converts && rateSet === undefined,
      ['rateSet'],
      `Name the rate set by which all is converted to ${homeCurrency}.`,
    ),
    ...when(
      isEarly,
      ['schedule', 'confirmation', 'time'],
      `Send a time after the cut-off at ${cutOff}, or a working day more.`,
    ),
    ...when(
      confirmation !== undefined && valueDays < confirmation.workingDays,
      ['schedule', 'valueDays'],
      `Send at least ${confirmation?.workingDays}: payments cannot have value before the confirmation has ended.`,
    ),
    ...under(['minimumPayments'], currencyFaults(minimumPayments, paid)),
  ];
}

/** What limits may be in: one in the home currency is held against what is converted to it, or paid in it. */
function limitCurrencies({ currencies, homeCurrency, settlement }: Currencies): CurrencyCode[] {
  return settlement === 'HOME_CURRENCY' ? [...new Set([...currencies, homeCurrency])] : [...currencies];
}

/** What is wrong with participants of a centre in these currencies. */
export function participantFaults(participants: readonly Participant[], terms: Currencies): Fault[] {
  const known = [...new Set([...terms.currencies, terms.homeCurrency])];
  const bound = limitCurrencies(terms);
  const each = participants.map(({ accounts, netDebitLimits }, place) =>
    under(
      [place],
      [
        ...under(['accounts'], currencyFaults(accounts, known)),
        ...under(['netDebitLimits'], currencyFaults(netDebitLimits, bound)),
      ],
    ),
  );
  return [
    ...twice(
      participants.map(({ id }) => id),
      [],
      'id',
    ),
    ...each.flat(),
    ...identityFaults(participants),
  ];
}

/** Limits that participants have, and that would be held against nothing any more in another way of settlement. */
export function unboundFaults(participants: readonly Participant[], terms: Currencies): Fault[] {
  const bound = limitCurrencies(terms);
  return participants.flatMap(({ id, netDebitLimits }) =>
    netDebitLimits
      .filter(({ currency }) => !bound.includes(currency))
      .map(({ currency }) => ({
        path: ['settlement'],
        detail: `${id} has a net debit limit in ${currency}, in which nothing is paid then: send it limits in ${bound.join(', ')} first.`,
      })),
  );
}

/** More participants than a centre may have, of which some are there. */
export function countFaults(count: number, known: number): Fault[] {
  const detail = `A centre has ${PARTICIPANTS_MAX.toLocaleString('en')} participants at most, and this one has ${known}: send fewer new ones.`;
  return when(count > PARTICIPANTS_MAX, ['participants'], detail);
}

/** What is wrong with terms of pairs, among participants that there are. */
export function pairFaults(
  { bilateralLimits, excludedPairs }: PairTerms,
  has: (participantId: string) => boolean,
  terms: Currencies,
): Fault[] {
  const known = limitCurrencies(terms);
  const limits = bilateralLimits.flatMap(({ payer, payee, currency }, place) => [
    ...under(['bilateralLimits', place], partyFaults([payer, payee], ['payer', 'payee'], has)),
    ...when(!known.includes(currency), ['bilateralLimits', place, 'amount', 'currency'], foreign(known)),
  ]);
  const pairs = excludedPairs.flatMap((pair, place) => under(['excludedPairs', place], partyFaults(pair, [0, 1], has)));
  return [
    ...limits,
    ...pairs,
    ...twice(
      bilateralLimits.map(({ payer, payee, currency }) => `${payer} ${payee} ${currency}`),
      ['bilateralLimits'],
    ),
    ...twice(
      excludedPairs.map((pair) => [...pair].sort().join(' ')),
      ['excludedPairs'],
    ),
  ];
}

/** Two parties that must be there and differ. */
export function partyFaults(
  [one, other]: readonly [string, string],
  [oneField, otherField]: readonly [string | number, string | number],
  has: (participantId: string) => boolean,
): Fault[] {
  const unknown = (id: string) => `There is no participant ${id}; the centre lists its own.`;
  return [
    ...when(!has(one), [oneField], unknown(one)),
    ...when(!has(other), [otherField], unknown(other)),
    ...when(one === other, [otherField], 'Name another participant: nobody owes itself.'),
  ];
}

/** One of each currency at most, and none that the centre does not have. */
function currencyFaults(list: readonly { readonly currency: CurrencyCode }[], known: readonly CurrencyCode[]): Fault[] {
  const currencies = list.map(({ currency }) => currency);
  const strange = currencies.flatMap((currency, place) =>
    when(!known.includes(currency), [place, 'currency'], foreign(known)),
  );
  return [...strange, ...twice(currencies, [], 'currency')];
}

function foreign(known: readonly CurrencyCode[]): string {
  return `Send a currency of the centre: ${known.join(', ')}.`;
}

function twice(values: readonly string[], path: readonly string[], field?: string): Fault[] {
  const seen = new Set<string>();
  return values.flatMap((value, place) => {
    const isTwice = seen.has(value);
    seen.add(value);
    return when(isTwice, [...path, place, ...(field === undefined ? [] : [field])], 'Send it once.');
  });
}
