import type { AccountState } from './account.ts';

/** What of an account may be given, whatever bounds it: its balance less what is frozen, and what is pending to go. Minor units. */
export function freeOf({ posted, pendingOut, frozen }: Pick<AccountState, 'posted' | 'pendingOut' | 'frozen'>): bigint {
  return posted - pendingOut - frozen;
}
