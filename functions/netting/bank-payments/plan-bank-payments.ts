import pLimit from 'p-limit';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { Centre } from '../centres/centre.ts';
import { findCentre } from '../centres/keep-centre.ts';
import type { Participant } from '../centres/participant.ts';
import { readParticipantsOf } from '../centres/read-participants.ts';
import type { Cycle } from '../cycles/cycle.ts';
import type { StoredList } from '../resolutions/resolution.ts';
import type { OpenLeg } from '../settling/divide-legs.ts';
import { bankAccountOf } from '../settling/own-accounts.ts';
import type { CycleTools } from '../tools.ts';
import { attemptIdOf, type BankAttempt, type BankPayment, bankPaymentIdOf } from './bank-payment.ts';

const writesAtOnceMax = 16;
/** Those of one message to the bank. */
export const paymentsPerBlock = 500;

/** A leg that is posted to what the bank of its receiver is to be paid. */
export interface LegToBank extends OpenLeg {
  readonly accountId: string;
}

/**
 * Records the payments by which banks pay the receivers of legs, before the cycle that names them is SETTLED; nobody hands one over
 * earlier. Those that are there stay as they are, so it is safe to repeat. Answers the list of their ids.
 */
export async function planBankPayments(
  { store, ledger }: CycleTools,
  cycle: Cycle,
  legs: readonly LegToBank[],
  now: Date,
): Promise<StoredList> {
  const centre = await findCentre(store, cycle);
  const participants = await readParticipantsOf(
    store,
    centre,
    legs.map(({ payee }) => payee),
  );
  const bankAccounts = new Map<string, string>();
  for (const currency of new Set(legs.map((leg) => leg.currency))) {
    bankAccounts.set(currency, await ledger.openAccountOnce(cycle.tenant, bankAccountOf(centre, currency), now));
  }
  const payments = legs.map((leg, place) =>
    paymentOf(cycle, centre, leg, {
      participant: participants.get(leg.payee),
      bankAccountId: bankAccounts.get(leg.currency) ?? '',
      block: Math.floor(place / paymentsPerBlock),
      now,
    }),
  );
  const limit = pLimit(writesAtOnceMax);
  await Promise.all(payments.map((payment) => limit(() => store.putBankPayment(payment))));
  return store.writeList(
    cycle.tenant,
    cycle.id,
    payments.map(({ id }) => id),
    paymentsPerBlock,
  );
}

function paymentOf(
  cycle: Cycle,
  { schedule }: Centre,
  leg: LegToBank,
  by: {
    readonly participant: Participant | undefined;
    readonly bankAccountId: string;
    readonly block: number;
    readonly now: Date;
  },
): BankPayment {
  const { tenant, id: cycleId, centreId, result, cause } = cycle;
  const { place, payer, payee, currency, amount, accountId } = leg;
  const { participant, bankAccountId, block, now } = by;
  const id = bankPaymentIdOf(cycle, result?.attempt ?? 0, place);
  const at = now.toISOString();
  const attempt = newAttempt(id, 1, amount, currency, participant, businessDateOf(now, schedule.zone));
  return {
    ...{ tenant, id, centreId, cycleId, leg: place, payer, participant: payee, currency, amount },
    ...{ positionAccountId: accountId, bankAccountId, block, turn: 0, attempts: [attempt] },
    // Its cycle hands it over as soon as it is settled; where that breaks off, the job does.
    ...(attempt.state === 'DUE' && { askAt: at }),
    ...{ revision: 1, createdAt: at, changedAt: at, cause },
  };
}

/** A try with a number of its own, to the account at a bank that the participant has now. */
export function newAttempt(
  bankPaymentId: string,
  number: number,
  amount: bigint,
  currency: string,
  participant: Participant | undefined,
  askedOn: string,
): BankAttempt {
  const id = attemptIdOf(bankPaymentId, number);
  const account = participant?.accounts.find((one) => one.currency === currency);
  if (account?.at !== 'BANK') {
    return { id, amount, askedOn, state: 'FAILED', reason: `It has no account at a bank in ${currency} any more.` };
  }
  return { id, amount, askedOn, state: 'DUE', to: { name: account.name, account: account.account } };
}
