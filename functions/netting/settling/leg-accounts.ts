import pLimit from 'p-limit';
import type { LedgerAccount } from '../../ledger/published.ts';
import { accountFault, payerFault } from '../centres/account-fault.ts';
import type { Centre } from '../centres/centre.ts';
import type { Participant } from '../centres/participant.ts';
import { readParticipantsOf } from '../centres/read-participants.ts';
import { CENTRE, ROUNDING } from '../terms/parties.ts';
import type { CycleTools } from '../tools.ts';
import type { LegSide, OpenLeg, PartyAccount } from './divide-legs.ts';
import { payableAccount, positionAccount } from './own-accounts.ts';

const openedAtOnceMax = 16;

/**
 * CENTRE: of the centre itself. LEDGER: its own account of the ledger. BANK_IN: its position, to which it pays in, for it has a bank
 * account. BANK_OUT: what its bank is to be paid. NONE: its position, for it has no account at all. OTHER: its position; it has
 * accounts, and none in the currency.
 */
type AccountKind = 'CENTRE' | 'LEDGER' | 'BANK_IN' | 'BANK_OUT' | 'NONE' | 'OTHER';

/**
 * What the parties of legs pay from and are paid on, as participants and accounts are now; accounts of the centre for those that have
 * none of the ledger are opened. A participant with a bank account pays in to its position first, so that must not fall below zero, and
 * what its bank is to be paid stands apart from that. One without any account owes the centre what it pays; one that has accounts in
 * other currencies only cannot pay. Throws what the ledger throws.
 */
export async function legAccounts(
  { store, ledger }: CycleTools,
  centre: Centre,
  legs: readonly OpenLeg[],
  now: Date,
): Promise<(side: LegSide) => PartyAccount> {
  const sides = legs.flatMap(({ payer, payee, currency }): LegSide[] => [
    { party: payer, currency, isPaid: false },
    { party: payee, currency, isPaid: true },
  ]);
  const participants = await readParticipantsOf(store, centre, new Set(sides.map(({ party }) => party)));
  const keyOf = (side: LegSide) => {
    const { kind } = kindOf(side, participants.get(side.party));
    return `${side.party} ${side.currency} ${kind}`;
  };
  const limit = pLimit(openedAtOnceMax);
  const named = await Promise.all(
    [...new Map(sides.map((side) => [keyOf(side), side]))].map(([key, side]) =>
      limit(async () => {
        const { kind, accountId: own } = kindOf(side, participants.get(side.party));
        const opening = kind === 'BANK_OUT' ? payableAccount : positionAccount;
        const request = opening(centre, side.party, side.currency);
        return { key, side, kind, accountId: own ?? (await ledger.openAccountOnce(centre.tenant, request, now)) };
      }),
    ),
  );
  const foreign = named.filter(({ kind }) => kind !== 'CENTRE' && kind !== 'BANK_OUT');
  const accounts = await ledger.readAccounts(
    centre.tenant,
    foreign.map(({ accountId }) => accountId),
  );
  const found = new Map(
    named.map(({ key, side, kind, accountId }) => {
      return [key, partyAccount(kind, accountId, accounts.get(accountId), side.currency)];
    }),
  );
  return (side) => {
    const account = found.get(keyOf(side));
    if (!account) throw new Error(`${side.party} has no account in ${side.currency}.`);
    return account;
  };
}

function kindOf(
  { party, currency, isPaid }: LegSide,
  participant: Participant | undefined,
): { readonly kind: AccountKind; readonly accountId?: string } {
  if (party === CENTRE || party === ROUNDING) return { kind: 'CENTRE' };
  const { accounts = [] } = participant ?? {};
  const own = accounts.find((account) => account.currency === currency);
  if (own?.at === 'LEDGER') return { kind: 'LEDGER', accountId: own.accountId };
  if (own) return { kind: isPaid ? 'BANK_OUT' : 'BANK_IN' };
  return { kind: accounts.length === 0 ? 'NONE' : 'OTHER' };
}

function partyAccount(
  kind: AccountKind,
  accountId: string,
  account: LedgerAccount | undefined,
  currency: string,
): PartyAccount {
  if (kind === 'CENTRE') return { accountId };
  if (kind === 'BANK_OUT') return { accountId, toBank: true };
  const fault = accountFault(account, currency);
  if (fault !== undefined || !account) return { accountId, cannotPay: fault ?? '', cannotBePaid: fault ?? '' };
  const cannotPay = kind === 'OTHER' ? `It has no account in ${currency}; give it one.` : payerFault(account);
  const usable = { accountId, ...(cannotPay !== undefined && { cannotPay }) };
  // As a queue takes no account below zero without an overdraft limit, so does a settlement.
  if (kind === 'NONE') return usable;
  const floor = account.floor ?? 0n;
  return { ...usable, floor, free: account.posted - account.pendingOut - account.frozen - floor };
}
