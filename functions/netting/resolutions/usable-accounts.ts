import type { LedgerAccount } from '../../ledger/published.ts';
import { accountFault, payerFault } from '../centres/account-fault.ts';
import type { Participant } from '../centres/participant.ts';
import type { Party } from '../terms/parties.ts';
import type { Barred } from './resolution.ts';

/** Who can be paid, and pay, in one currency. */
export interface UsableAccounts {
  /** The account of the ledger of each that can be paid. */
  readonly accounts: ReadonlyMap<Party, string>;
  /** What each that can pay may spend: minor units, zero or more unless its account is below what must stay there. */
  readonly available: ReadonlyMap<Party, bigint>;
  /** What must stay on the account of each that can pay: its minimum, or below zero what it may be overdrawn by; else zero. */
  readonly floors: ReadonlyMap<Party, bigint>;
  /** Why one cannot pay, or cannot be paid, and how to mend it. */
  readonly cannotPay: ReadonlyMap<Party, string>;
  readonly cannotBePaid: ReadonlyMap<Party, string>;
}

/** Account of the ledger that a participant has in a currency. */
export function accountIdOf({ accounts }: Participant, currency: string): string | undefined {
  const account = accounts.find((one) => one.at === 'LEDGER' && one.currency === currency);
  return account?.at === 'LEDGER' ? account.accountId : undefined;
}

/**
 * What participants can do with their accounts as they stand. A queue takes no account below zero unless it has an overdraft limit:
 * one without any bound has what is on it. Two that name the same account cannot pay: what one spends, the other has not.
 */
export function usableAccounts(
  participants: Iterable<Participant>,
  ledger: ReadonlyMap<string, LedgerAccount>,
  currency: string,
  barred: readonly Barred[],
): UsableAccounts {
  const all = [...participants];
  const holders = Map.groupBy(all, (one) => accountIdOf(one, currency));
  const barredFor = new Map(barred.map(({ participant, detail }) => [participant, detail]));
  const accounts = new Map<Party, string>();
  const [available, floors] = [new Map<Party, bigint>(), new Map<Party, bigint>()];
  const [cannotPay, cannotBePaid] = [new Map<Party, string>(), new Map<Party, string>()];
  for (const participant of all) {
    const accountId = accountIdOf(participant, currency);
    const account = accountId === undefined ? undefined : ledger.get(accountId);
    const isShared = (holders.get(accountId)?.length ?? 0) > 1;
    const fault = barredFor.get(participant.id) ?? faultOf(accountId, account, currency, isShared);
    if (fault !== undefined || !account) {
      cannotBePaid.set(participant.id, fault ?? '');
      cannotPay.set(participant.id, fault ?? '');
      continue;
    }
    accounts.set(participant.id, account.id);
    const cannot = payerFault(account);
    if (cannot !== undefined) cannotPay.set(participant.id, cannot);
    const floor = account.floor ?? 0n;
    floors.set(participant.id, floor);
    available.set(participant.id, account.posted - account.pendingOut - account.frozen - floor);
  }
  return { accounts, available, floors, cannotPay, cannotBePaid };
}

function faultOf(
  accountId: string | undefined,
  account: LedgerAccount | undefined,
  currency: string,
  isShared: boolean,
): string | undefined {
  if (accountId === undefined) return `It has no account of the ledger in ${currency}; give it one.`;
  if (isShared) return 'Another participant names the same account; give each its own.';
  return accountFault(account, currency);
}
