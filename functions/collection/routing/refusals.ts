import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { BankPlace } from './banks.ts';
import type { Direction } from './rail.ts';

/** Why a rail cannot take an item. One catalogue, for quotes and documentation; hours refuse nothing, they delay. */
export const refusals = {
  NOT_IN_FORCE: 'No version of the rail is in force on the day of the decision.',
  CURRENCY: 'The rail carries another currency.',
  DIRECTION: 'The rail does not serve this direction.',
  ALREADY_TRIED: 'The item was on this rail before.',
  BELOW_MINIMUM: 'The amount is below the minimum for one item.',
  ABOVE_LIMIT: 'The amount is above the limit for one item.',
  BANK_UNKNOWN: 'The rail asks which banks the accounts lie at, and the request does not say.',
  NOT_SAME_BANK: 'Payer and payee are not provably at the same bank.',
  BANK_NOT_REACHABLE: 'One of the banks is not reached over the rail.',
  CALENDAR_NOT_PUBLISHED: 'The working days that the answer hangs on are not published yet.',
  OUTAGE: 'The rail is down when it would take the item.',
} as const;

export type RefusalCode = keyof typeof refusals;
export const refusalCodes = Object.keys(refusals) as [RefusalCode, ...RefusalCode[]];

/** A refusal with the figures that explain it. */
export type Refusal =
  | { readonly code: 'NOT_IN_FORCE'; readonly day: PlainDate; readonly nextFrom?: PlainDate }
  | { readonly code: 'CURRENCY'; readonly currency: string }
  | { readonly code: 'DIRECTION'; readonly directions: readonly Direction[] }
  | { readonly code: 'ALREADY_TRIED' }
  | { readonly code: 'BELOW_MINIMUM'; readonly minimum: bigint }
  | { readonly code: 'ABOVE_LIMIT'; readonly maximum: bigint }
  | { readonly code: 'BANK_UNKNOWN'; readonly place: BankPlace; readonly needed: 'cnaps' | 'bic' }
  | { readonly code: 'NOT_SAME_BANK'; readonly rule: string; readonly payer: string; readonly payee: string }
  | { readonly code: 'BANK_NOT_REACHABLE'; readonly place: BankPlace; readonly bank: readonly string[] }
  | { readonly code: 'CALENDAR_NOT_PUBLISHED'; readonly calendar: string; readonly date: PlainDate }
  | {
      readonly code: 'OUTAGE';
      readonly from: Date;
      /** When it ends; absent where that is not known. */
      readonly to?: Date;
      /** The first instant after all known outages at which the rail would take the item; absent where not known. */
      readonly takesAgainAt?: Date;
    };
