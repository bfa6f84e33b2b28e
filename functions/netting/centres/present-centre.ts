import { presentBankAccount } from '../../../shared/http/present-bank-account.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { CycleSchedule } from '../cycles/schedule.ts';
import type { Centre, CurrencyAmount, PairTerms } from './centre.ts';
import type { Participant } from './participant.ts';

export function presentCentre(centre: Centre) {
  const { id, name, legalEntity, homeCurrency, currencies, mode, payments, settlement, rateSet, unconfirmed } = centre;
  return {
    ...{ id, name, legalEntity, homeCurrency, currencies: [...currencies], mode, payments, settlement },
    ...defined({ rateSet }),
    rateDaysMax: centre.rateDaysMax,
    schedule: presentSchedule(centre.schedule),
    minimumPayments: centre.minimumPayments.map(present),
    unconfirmed,
    sources: [...centre.sources],
    participantCount: centre.participantCount,
    version: centre.revision,
    changedAt: centre.changedAt,
  };
}

export function presentWholeCentre(centre: Centre, { bilateralLimits, excludedPairs }: PairTerms) {
  return {
    ...presentCentre(centre),
    bilateralLimits: bilateralLimits.map(({ payer, payee, ...limit }) => ({ payer, payee, amount: present(limit) })),
    excludedPairs: excludedPairs.map((pair) => [...pair]),
  };
}

export function presentParticipant({ id, name, state, accounts, netDebitLimits, identities }: Participant) {
  const shown = accounts.map((account) =>
    account.at === 'LEDGER' ? { ...account } : { ...account, account: presentBankAccount(account.account) },
  );
  return { id, name, state, accounts: shown, netDebitLimits: netDebitLimits.map(present), identities: [...identities] };
}

function presentSchedule({ days, confirmation, ...rest }: CycleSchedule) {
  return { ...rest, days: { ...days }, ...(confirmation && { confirmation: { ...confirmation } }) };
}

function present({ amount, currency }: CurrencyAmount) {
  return presentAmount(amount, currency);
}
