import { describe, expect, it } from 'vitest';
import type { AccountState, AccountStatus } from '../../../functions/ledger/account.ts';
import type { Command, MakeTransfer } from '../../../functions/ledger/commands.ts';
import { decide } from '../../../functions/ledger/decide.ts';
import type { World } from '../../../functions/ledger/decision.ts';
import type { Transfer } from '../../../functions/ledger/transfer.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';

/**
 * When several things are wrong, one answer comes first. The order is TigerBeetle's published precedence for creating
 * transfers, as far as both know the fault: malformed, account not found, wrong ledger (here: currency), the pending
 * transfer, closed, funds; the debit side before the credit side.
 */
function account(
  accountId: string,
  more: { status?: AccountStatus; currency?: string; posted?: bigint } = {},
): AccountState {
  const { status = 'ACTIVE', currency = 'CNY', posted = 0n } = more;
  const constraint = { type: 'MIN_BALANCE', minor: 0n } as const;
  const balances = { posted, pendingIn: 0n, pendingOut: 0n, frozen: 0n };
  return {
    accountId,
    currency,
    hot: false,
    version: 1,
    status,
    constraint,
    ...balances,
    at: '2026-03-01T00:00:00.000Z',
    hash: new Uint8Array(32),
  };
}

function world(accounts: readonly AccountState[], transfers: readonly Transfer[] = []): World {
  return {
    accounts: new Map(accounts.map((one) => [one.accountId, one])),
    transfers: new Map(transfers.map((one) => [one.id, one])),
    histories: new Map(),
  };
}

function codeOf(on: World, command: Command): string {
  const decision = decide(on, command, testNow);
  return decision.outcome === 'REFUSED' ? decision.problem.code : 'accepted';
}

const pay = (more: Partial<MakeTransfer> = {}): MakeTransfer => ({ ...transferOf('t', 'k', 'a', 'b', 10n), ...more });
const yen = (id: string, status: AccountStatus = 'ACTIVE') => account(id, { currency: 'JPY', status });

describe('which refusal comes first', () => {
  it.each<[string, MakeTransfer, AccountState[], string]>([
    [
      'malformed before anything the accounts say',
      pay({ valueDate: '2026-03-03' }),
      [],
      'ledger/value-date-not-allowed',
    ],
    [
      'the same account before a wrong date',
      { ...transferOf('t', 'k', 'a', 'a', 1n), valueDate: '2026-03-03' },
      [],
      'ledger/same-account',
    ],
    ['the debited account missing before the credited one', pay(), [], 'ledger/account-not-found'],
    ['a missing account before a wrong currency', pay(), [yen('a')], 'ledger/account-not-found'],
    [
      'a wrong currency before a closed account',
      pay(),
      [yen('a'), account('b', { status: 'CLOSED' })],
      'ledger/currency-mismatch',
    ],
    [
      'a closed account before a frozen one',
      pay(),
      [account('a', { status: 'FROZEN' }), account('b', { status: 'CLOSED' })],
      'ledger/account-closed',
    ],
    [
      'a frozen account before missing funds',
      pay(),
      [account('a', { status: 'FROZEN' }), account('b')],
      'ledger/account-frozen',
    ],
    ['missing funds last', pay(), [account('a'), account('b')], 'ledger/insufficient-funds'],
    [
      'nothing when nothing is wrong',
      pay(),
      [account('a', { posted: 10n }), account('b', { status: 'FROZEN' })],
      'accepted',
    ],
  ])('%s', (_, command, accounts, code) => {
    expect(codeOf(world(accounts), command)).toBe(code);
  });

  const pending: Transfer = {
    ...transferOf('t', 'hold', 'a', 'b', 10n),
    type: 'TRANSFER',
    mode: 'PENDING',
    status: 'PENDING',
    valueDate: '2026-03-01',
    bookedAt: '2026-03-01T00:00:00.000Z',
  };
  const post = (minor: bigint): Command => ({
    command: 'POST',
    id: transferOf('t', 'post', '', '', 0n).id,
    fingerprint: '',
    cause: testCause,
    pendingId: pending.id,
    amounts: [{ leg: 0, minor, currency: 'CNY' }],
  });
  const closed = [account('a', { status: 'CLOSED' }), account('b')];

  it.each<[string, Transfer[], bigint, string]>([
    ['the pending transfer missing', [], 11n, 'ledger/transfer-not-found'],
    [
      'not pending before too much',
      [{ ...pending, mode: 'POSTED', status: 'POSTED' }],
      11n,
      'ledger/transfer-not-pending',
    ],
    ['too much before already posted', [{ ...pending, status: 'POSTED' }], 11n, 'ledger/amounts-do-not-fit'],
    [
      'already posted before expired',
      [{ ...pending, status: 'POSTED', expiresAt: '2026-03-01T01:00:00.000Z' }],
      1n,
      'ledger/pending-already-posted',
    ],
    ['already voided', [{ ...pending, status: 'VOIDED' }], 1n, 'ledger/pending-already-voided'],
    [
      'expired before a closed account',
      [{ ...pending, expiresAt: '2026-03-01T01:00:00.000Z' }],
      1n,
      'ledger/pending-expired',
    ],
    ['a closed account last', [pending], 1n, 'ledger/account-closed'],
  ])('of a posting: %s', (_, transfers, minor, code) => {
    expect(codeOf(world(closed, transfers), post(minor))).toBe(code);
  });

  it.each([
    ['less than nothing', [{ leg: 0, minor: -1n, currency: 'CNY' }]],
    ['more than is held', [{ leg: 0, minor: 11n, currency: 'CNY' }]],
    ['nothing at all', [{ leg: 0, minor: 0n, currency: 'CNY' }]],
    [
      'a leg twice',
      [
        { leg: 0, minor: 1n, currency: 'CNY' },
        { leg: 0, minor: 1n, currency: 'CNY' },
      ],
    ],
    ['a leg that is not there', [{ leg: 1, minor: 1n, currency: 'CNY' }]],
    ['another currency', [{ leg: 0, minor: 1n, currency: 'EUR' }]],
  ])('a posting of %s does not fit', (_, amounts) => {
    const rich = [account('a', { posted: 100n }), account('b', { posted: 100n })];
    expect(codeOf(world(rich, [pending]), { ...post(1n), amounts } as Command)).toBe('ledger/amounts-do-not-fit');
  });

  it.each<[string, string | undefined, string]>([
    ['a caller of the API', undefined, 'ledger/pending-owned'],
    ['another capability', 'pooling', 'ledger/pending-owned'],
    ['the capability itself', 'collection', 'accepted'],
  ])('a hold of a capability ended by %s', (_, owner, code) => {
    const rich = [account('a', { posted: 100n }), account('b', { posted: 100n })];
    const held: Transfer = { ...pending, owner: 'collection' };
    const by = owner === undefined ? {} : { owner };
    const common = { id: 'tr_v', fingerprint: '', cause: testCause, pendingId: pending.id } as const;
    expect(codeOf(world(rich, [held]), { ...common, ...by, command: 'VOID' })).toBe(code);
    expect(codeOf(world(rich, [held]), { ...common, ...by, command: 'POST', amounts: [] })).toBe(code);
    expect(codeOf(world(rich, [held]), { ...common, ...by, command: 'EXPIRE' })).toBe('accepted');
  });

  it('a hold is released even on a closed account', () => {
    const voiding: Command = { command: 'VOID', id: 'tr_v', fingerprint: '', cause: testCause, pendingId: pending.id };
    expect(codeOf(world(closed, [pending]), voiding)).toBe('accepted');
  });

  it('a reversal is not valued before what it takes back', () => {
    const original: Transfer = { ...pending, mode: 'POSTED', status: 'POSTED' };
    const reversal: Command = {
      command: 'REVERSE',
      id: 'tr_r',
      fingerprint: '',
      cause: testCause,
      transferId: pending.id,
      valueDate: '2026-02-28',
    };
    expect(codeOf(world([account('a'), account('b', { posted: 10n })], [original]), reversal)).toBe(
      'ledger/value-date-not-allowed',
    );
  });
});
