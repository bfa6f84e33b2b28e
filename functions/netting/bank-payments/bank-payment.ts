import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { BankAccount } from '../../../shared/http/present-bank-account.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import type { CameBack, ReturnEntry } from '../../../shared/money/came-back.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Cycle } from '../cycles/cycle.ts';

/**
 * DUE: it is to be handed to the bank. UNCERTAIN: it may have got there. SENT: the bank has it. PAID: it arrived. FAILED: it did not
 * go. RETURNED: it came back, in whole or in part.
 */
export const bankPaymentStates = ['DUE', 'UNCERTAIN', 'SENT', 'PAID', 'FAILED', 'RETURNED'] as const;
export type BankPaymentState = (typeof bankPaymentStates)[number];

/** One number at the bank; another try has another. Amounts in minor units. */
export interface BankAttempt {
  /** Its number at the bank. */
  readonly id: string;
  readonly amount: bigint;
  /** None where the participant had no account at a bank any more. */
  readonly to?: { readonly name: string; readonly account: BankAccount };
  readonly askedOn: PlainDate;
  /** The day on which the bank carries it. */
  readonly carriedOn?: PlainDate;
  readonly state: BankPaymentState;
  readonly reason?: string;
  /** What came back, one after the other. */
  readonly returns?: readonly CameBack[];
  /** The entries of the bank by which it came back, as far as it names them. */
  readonly returnEntries?: readonly ReturnEntry[];
  /** The ledger refused to book some of it, and is asked again. */
  readonly isUnbooked?: boolean;
  /** Bookings that it refused for good, each as often as that: a refusal spends the name under which it was asked. */
  readonly refused?: readonly string[];
}

/**
 * A leg of a settled cycle whose receiver is paid at its bank: the centre owes it the amount on an account of netting's own until the
 * bank has paid it.
 */
export interface BankPayment {
  readonly tenant: string;
  readonly id: string;
  readonly centreId: string;
  readonly cycleId: string;
  /** Of the leg, among those of the cycle. */
  readonly leg: number;
  readonly payer: string;
  readonly participant: string;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  /** Accounts of the ledger: what the bank is to pay the participant, and what left through the bank. */
  readonly positionAccountId: string;
  readonly bankAccountId: string;
  /** Which block of the payments of its cycle it is of: those are handed over first in one message. */
  readonly block: number;
  readonly attempts: readonly BankAttempt[];
  /** How often it was handed on: who sends it is told of it. */
  readonly turn: number;
  /** When it is looked at again, where it is not at its end. */
  readonly askAt?: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly cause: Cause;
}

const prefix = 'nbp';

/**
 * The figures of a cycle that is closed anew are an attempt of their own. Tenants may have accounts at the same bank, and name their
 * centres as they like, so the tenant is in it.
 */
export function bankPaymentIdOf({ tenant, id }: Pick<Cycle, 'tenant' | 'id'>, attempt: number, leg: number): string {
  return deriveId(prefix, tenant, id, String(attempt), String(leg));
}

/** A bank takes letters, digits and dashes, 35 of them; the first letter tells them from those of others. */
export function attemptIdOf(bankPaymentId: string, attempt: number): string {
  return `N${bankPaymentId.slice(prefix.length + 1)}-${attempt}`;
}

/** The payment that a number at the bank is of; nothing where it is none of ours. */
export function bankPaymentOf(attemptId: string): string | undefined {
  const [, id] = /^N([0-9A-HJKMNP-TV-Z]{26})-[1-9][0-9]{0,3}$/.exec(attemptId) ?? [];
  return id && `${prefix}_${id}`;
}

export function lastAttempt({ attempts }: Pick<BankPayment, 'attempts'>): BankAttempt {
  const last = attempts.at(-1);
  if (!last) throw new Error('A bank payment has an attempt.');
  return last;
}

/** What of an attempt has not arrived for good. */
function backOf({ state, amount, returns = [] }: BankAttempt): bigint {
  return state === 'FAILED' ? amount : sum(returns.map((one) => one.amount));
}

/** What failed or came back and was not tried again. */
export function owedAgain({ attempts }: Pick<BankPayment, 'attempts'>): bigint {
  return sum(attempts.map(backOf)) - sum(attempts.slice(1).map(({ amount }) => amount));
}

export function isOnItsWay(state: BankPaymentState): boolean {
  return state === 'DUE' || state === 'UNCERTAIN' || state === 'SENT';
}

const MINUTE_MS = 60_000;
/** Minutes after which the ledger is asked again to book what it refused. */
const unbookedWait = 30;
/** Minutes after which one that is on its way is looked at again; what has ended waits for a person or for nobody. */
const waits: Partial<Record<BankPaymentState, number>> = { DUE: 30, UNCERTAIN: 30, SENT: 60 };

/** A bank that has not said for so many days what became of a payment is asked once a day. */
const askedHourlyDays = 7;
const dayMinutes = 24 * 60;

function waitOf({ state, askedOn, carriedOn = askedOn }: BankAttempt, now: Date): number | undefined {
  const days = (now.getTime() - Date.parse(carriedOn)) / (dayMinutes * MINUTE_MS);
  return state === 'SENT' && days > askedHourlyDays ? dayMinutes : waits[state];
}

/** With its next state, and when it is looked at again. */
export function nextOf(before: BankPayment, attempts: readonly BankAttempt[], now: Date): BankPayment {
  const { askAt: _, ...rest } = before;
  const isUnbooked = attempts.some((attempt) => attempt.isUnbooked);
  const minutes = waitOf(lastAttempt({ attempts }), now) ?? (isUnbooked ? unbookedWait : undefined);
  const askAt = minutes === undefined ? undefined : new Date(now.getTime() + minutes * MINUTE_MS).toISOString();
  const changedAt = now.toISOString();
  return { ...rest, attempts, revision: before.revision + 1, changedAt, ...(askAt !== undefined && { askAt }) };
}
