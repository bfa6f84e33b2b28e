import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CameBack, ReturnEntry } from '../../../shared/money/came-back.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Figures } from '../journal/figures.ts';
import type { Payout as PayoutAccount } from '../merchants/merchant.ts';

/**
 * DUE: about to be booked in the ledger. HELD: the merchant is suspended. PENDING_FUNDS: the ledger has not as much for the merchant yet,
 * other days of the merchant lack it, or it is frozen. SENDING: booked as on its way, and about to be handed to the bank. UNCERTAIN: the
 * bank may have it; it is never sent under another number. SENT: the bank has it. NETTED: a netting cycle has paid it. FAILED: it never
 * went, or was refused; RETURNED: it came back. Both are retried under another number once the account was mended.
 */
export const payoutStates = [
  'DUE',
  'HELD',
  'PENDING_FUNDS',
  'SENDING',
  'UNCERTAIN',
  'SENT',
  'PAID',
  'NETTED',
  'FAILED',
  'RETURNED',
] as const;
export type PayoutState = (typeof payoutStates)[number];

/** One try to pay a settlement out, or a part of it. Amounts in minor units. */
export interface PayoutLine {
  /** Its number at the bank, and its name in the ledger: the settlement's, and how many tries there were. */
  readonly id: string;
  readonly amount: bigint;
  /** Where it goes, as it was when it was made. */
  readonly to: PayoutAccount;
  readonly state: PayoutState;
  /** The day on which it was asked for; the bank is told that one. */
  readonly askedOn: PlainDate;
  /** How often the ledger was asked to book it, from 1: each refusal spends a name. */
  readonly attempt: number;
  /** It was held, waited for funds, failed or came back before it was tried as it is. */
  readonly isRetry?: true;
  /** It waited for funds, and is of what there was of all of it; the rest is paid under another number. */
  readonly isPart?: true;
  /** The message to the bank that it is part of. */
  readonly messageId?: string;
  /** The day on which the bank carries it. */
  readonly carriedOn?: PlainDate;
  /** Why it is not paid, in words. */
  readonly reason?: string;
  /** RETURNED: what of it came back, each time. */
  readonly returns?: readonly PayoutReturn[];
  /** The entries of the bank by which it came back, as far as it names them. */
  readonly returnEntries?: readonly ReturnEntry[];
  /** FAILED: what of it the merchant had been paid otherwise, and does not owe any more. Minor units, above zero. */
  readonly settles?: bigint;
  /** It failed, or more of it came back, and it is not known yet that the ledger has booked that: it is looked at until it is. */
  readonly isUnbooked?: boolean;
  readonly changedAt: string;
}

/** What of a payout came back on a day, and of that, what the merchant had been paid otherwise and does not owe any more. */
export interface PayoutReturn extends CameBack {
  readonly settles?: bigint;
}

/**
 * Where what was not paid of a settlement is netted. OPEN: its cycle takes changes still. CUT_OFF: it is to be paid by its cycle, and
 * not otherwise. WITHDRAWN: the cycle pays nothing of it. Of two places that are told the later is the one of the later version of the
 * obligation, and CUT_OFF of the same.
 */
export interface NettingPlace {
  readonly cycleId: string;
  readonly state: 'OPEN' | 'CUT_OFF' | 'WITHDRAWN';
  readonly version: number;
}

/** What a netting cycle has paid of a settlement. Minor units. */
export interface NettedPayout {
  readonly cycleId: string;
  readonly valueDate: PlainDate;
  /** What of it was owed to the merchant. */
  readonly amount: bigint;
  /** What it had been paid otherwise before: that the merchant owes now, until as much of a payout fails or comes back. */
  readonly beyond: bigint;
  readonly at: string;
}

/** How the market gives what it bills, off its own: no more than is there, so that nobody else's money is ever given for it. */
export interface Bill {
  /** How often the ledger was asked to book it, from 1: each refusal spends a name. */
  readonly attempt: number;
  /** Until then it is asked for again, and the merchant's other days wait for funds as far as they need it. */
  readonly isBooked?: true;
  /** Why it is not booked, in words. */
  readonly reason?: string;
}

/** SETTLED: the day is closed for good. MISMATCH: its lines and its total disagree, so nothing of it is paid until they do not. */
export type SettlementState = 'SETTLED' | 'MISMATCH';

/** What became of one merchant's day. Amounts in minor units. */
export interface Settlement {
  readonly tenant: string;
  readonly id: string;
  readonly marketId: string;
  readonly merchantId: string;
  readonly date: PlainDate;
  /** 0, and higher for lines that came after the day was closed. */
  readonly sequence: number;
  readonly currency: CurrencyCode;
  readonly runId: string;
  readonly state: SettlementState;
  /** Of its lines before it was closed. */
  readonly figures: Figures;
  readonly carriedIn: bigint;
  readonly keptBack: bigint;
  readonly carriedOn: bigint;
  readonly carriedTo?: PlainDate;
  readonly billed: bigint;
  /** Where anything is billed. */
  readonly bill?: Bill;
  readonly payout: bigint;
  /** Tries and parts in their order. None where nothing is paid out. */
  readonly payouts: readonly PayoutLine[];
  readonly netting?: NettingPlace;
  /** Each cycle once, in the order in which it was told. */
  readonly netted?: readonly NettedPayout[];
  /** MISMATCH: what the lines came to. */
  readonly linesNet?: bigint;
  /** MISMATCH: when it added up and was to be settled after all, which it is in the background. */
  readonly provedAt?: string;
  /** When it is looked at again, while something of it is open. */
  readonly askAt?: string;
  readonly settledAt: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** Whose day, and which settlement of it: it names the settlement for ever. */
export type SettlementRef = Pick<Settlement, 'tenant' | 'merchantId' | 'date' | 'sequence'>;

export function lastPayout({ payouts }: Pick<Settlement, 'payouts'>): PayoutLine | undefined {
  return payouts.at(-1);
}

/** The one that the bank may still do something of, also where what is behind it was netted meanwhile; else the last. */
export function openPayout({ payouts }: Pick<Settlement, 'payouts'>): PayoutLine | undefined {
  return payouts.find(({ state }) => isOnItsWay(state)) ?? payouts.at(-1);
}

/** Its bill, as long as that is not booked. */
export function openBill({ bill }: Pick<Settlement, 'bill'>): Bill | undefined {
  return bill?.isBooked ? undefined : bill;
}

/** The bank may still do something of it, or it is done: no other line of it may go. */
export function isOnItsWay(state: PayoutState): boolean {
  return state === 'SENDING' || state === 'UNCERTAIN' || state === 'SENT';
}
