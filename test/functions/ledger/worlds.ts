import type { AccountState } from '../../../functions/ledger/account.ts';
import type { Command } from '../../../functions/ledger/commands.ts';
import { decide } from '../../../functions/ledger/decide.ts';
import type { Decision, World } from '../../../functions/ledger/decision.ts';
import { initialStatus, type Leg } from '../../../functions/ledger/transfer.ts';
import { testNow } from '../../support/commands.ts';

/** An account without a bound, in CNY, as a decision sees it. */
export function stateOf(accountId: string, more: Partial<AccountState> = {}): AccountState {
  return {
    accountId,
    currency: 'CNY',
    hot: false,
    version: 1,
    status: 'ACTIVE',
    constraint: { type: 'NONE' },
    posted: 0n,
    pendingIn: 0n,
    pendingOut: 0n,
    frozen: 0n,
    at: '2026-03-01T00:00:00.000Z',
    hash: new Uint8Array(32),
    ...more,
  };
}

export function worldOf(...accounts: readonly AccountState[]): World {
  return {
    accounts: new Map(accounts.map((one) => [one.accountId, one])),
    transfers: new Map(),
    histories: new Map(),
  };
}

/** Decides, and lets the world know a transfer that was made, as the next reading would. */
export function carryOut(world: World, command: Command): Decision {
  const decision = decide(world, command, testNow);
  if (decision.outcome === 'TRANSFER') {
    const { transfer } = decision;
    world.transfers.set(transfer.id, { ...transfer, status: initialStatus(transfer) });
  }
  return decision;
}

export function codeOf(decision: Decision): string {
  return decision.outcome === 'REFUSED' ? decision.problem.code : 'accepted';
}

/** Legs as a line of text: 'a > b 10, c > d 5'. */
export function legsOf(text: string): Leg[] {
  return text.split(', ').map((leg) => {
    const [debitAccountId = '', , creditAccountId = '', amount = ''] = leg.split(' ');
    return { debitAccountId, creditAccountId, amount: BigInt(amount), currency: 'CNY' };
  });
}
