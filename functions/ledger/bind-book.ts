import type { BindBook } from './commands.ts';
import { ownerNamedBy, recordIdOfName } from './record-name.ts';
import type { LedgerStore } from './store.ts';
import { submit } from './submit.ts';
import type { Cause } from './transfer.ts';

export interface BookBinding {
  /** Parts that identify the binding, two or more; with the tenant they make the id of its record and of the opening transfer. */
  readonly name: readonly string[];
  readonly realAccountId: string;
  readonly bookId: string;
  readonly controlAccountId: string;
  readonly mainLedgerId: string;
  readonly cause: Cause;
}

export interface BoundBook {
  readonly realAccountId: string;
  /** The real balance that the main ledger took over, in minor units; negative for an overdraft. */
  readonly opening: bigint;
  /** The transfer that posted it; not there at zero. */
  readonly transferId?: string;
}

/** Binds a real account to its book in one transaction; see `decideBinding`. The same name again answers as the first time. */
export async function bindRealAccount(
  store: LedgerStore,
  tenant: string,
  { name, ...parties }: BookBinding,
  now: Date,
): Promise<BoundBook> {
  const { bookId, realAccountId, controlAccountId, mainLedgerId } = parties;
  const fingerprint = ['bind', bookId, realAccountId, controlAccountId, mainLedgerId].join(' ');
  const keyed = { id: recordIdOfName(tenant, name), fingerprint, ...ownerNamedBy(name) };
  const command: BindBook = { command: 'BIND', ...keyed, ...parties };
  const [outcome] = await submit(store, tenant, [command], now);
  if (outcome?.outcome === 'REFUSED') throw outcome.problem;
  if (outcome?.outcome !== 'TRANSFER') return { realAccountId, opening: 0n };
  const [leg] = outcome.transfer.legs;
  const taken = leg?.amount ?? 0n;
  const opening = leg?.debitAccountId === controlAccountId ? taken : -taken;
  return { realAccountId, opening, transferId: outcome.transfer.id };
}
