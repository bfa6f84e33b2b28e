import pLimit from 'p-limit';
import type { LedgerAccount } from '../../ledger/published.ts';
import { accountFault, payerFault } from '../centres/account-fault.ts';
import type { Centre } from '../centres/centre.ts';
import type { Participant } from '../centres/participant.ts';
import { readParticipantsOf } from '../centres/read-participants.ts';
import { CENTRE, type Party, ROUNDING } from '../terms/parties.ts';
import type { CycleTools } from '../tools.ts';
import type { OpenLeg, PartyAccount } from './divide-legs.ts';
import { positionAccount } from './own-accounts.ts';

const openedAtOnceMax = 16;

/**
 * What the parties of legs pay from and are paid on, as participants and accounts are now; positions of those that have no account
 * of the ledger are opened. A participant with a bank account pays in to its position first, so that must not fall below zero; one
 * without any account owes the centre what it pays. Throws what the ledger throws.
 */
export async function legAccounts(
  { store, ledger }: CycleTools,
  centre: Centre,
  legs: readonly OpenLeg[],
  now: Date,
): Promise<(party: Party, currency: string) => PartyAccount> {
  const wanted = new Map<string, { readonly party: Party; readonly currency: string }>();
  for (const { payer, payee, currency } of legs) {
    for (const party of [payer, payee]) wanted.set(keyOf(party, currency), { party, currency });
  }
  const participants = await readParticipantsOf(store, centre, new Set([...wanted.values()].map(({ party }) => party)));
  const limit = pLimit(openedAtOnceMax);
  const named = await Promise.all(
    [...wanted].map(([key, { party, currency }]) =>
      limit(async () => {
        const own = ownAccountOf(participants.get(party), currency);
        const accountId =
          own?.at === 'LEDGER'
            ? own.accountId
            : await ledger.openAccountOnce(centre.tenant, positionAccount(centre, party, currency), now);
        return { key, party, currency, accountId, at: own?.at };
      }),
    ),
  );
  const read = named
    .filter(({ party, at }) => isBound(party, at) || at === undefined)
    .map(({ accountId }) => accountId);
  const accounts = await ledger.readAccounts(centre.tenant, read);
  const found = new Map(
    named.map(({ key, party, currency, accountId, at }) => {
      return [key, partyAccount(accountId, accounts.get(accountId), { party, currency, at })];
    }),
  );
  return (party, currency) => {
    const account = found.get(keyOf(party, currency));
    if (!account) throw new Error(`${party} has no account in ${currency}.`);
    return account;
  };
}

type At = Participant['accounts'][number]['at'] | undefined;

function partyAccount(
  accountId: string,
  account: LedgerAccount | undefined,
  { party, currency, at }: { readonly party: Party; readonly currency: string; readonly at: At },
): PartyAccount {
  if (party === CENTRE || party === ROUNDING) return { accountId };
  const fault = accountFault(account, currency);
  if (fault !== undefined || !account) return { accountId, cannotPay: fault ?? '', cannotBePaid: fault ?? '' };
  const cannotPay = payerFault(account);
  const toBank = at === 'BANK';
  const usable = { accountId, toBank, ...(cannotPay !== undefined && { cannotPay }) };
  if (!isBound(party, at)) return usable;
  const floor = account.floor ?? 0n;
  return { ...usable, floor, free: account.posted - account.pendingOut - account.frozen - floor };
}

/** As a queue takes no account below zero without an overdraft limit, so does a settlement. */
function isBound(party: Party, at: At): boolean {
  return at !== undefined && party !== CENTRE && party !== ROUNDING;
}

function ownAccountOf(participant: Participant | undefined, currency: string) {
  return participant?.accounts.find((account) => account.currency === currency);
}

function keyOf(party: Party, currency: string): string {
  return `${party} ${currency}`;
}
