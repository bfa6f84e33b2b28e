import { describe, expect, it } from 'vitest';
import type { BindBook, ChangeAccount, Command, PostPending } from '../../../functions/ledger/commands.ts';
import type { World } from '../../../functions/ledger/decision.ts';
import { testCause, transferOf } from '../../support/commands.ts';
import { carryOut, codeOf, stateOf, worldOf } from './worlds.ts';

const netting = { owner: 'netting' };
const keyed = { fingerprint: 'x', cause: testCause };

/** 'payer' has 100, and 60 of it are set aside for 'payee'; by nobody's capability unless told. */
function holding(by: { readonly owner?: string } = {}): { world: World; pendingId: string } {
  const world = worldOf(
    stateOf('payer', { posted: 100n, constraint: { type: 'MIN_BALANCE', minor: 0n } }),
    stateOf('payee'),
    stateOf('control', { book: { id: 'B', role: 'CONTROL' } }),
    stateOf('main', { book: { id: 'B', role: 'LEDGER' } }),
  );
  const held = carryOut(world, { ...transferOf('t', 'hold', 'payer', 'payee', 60n), ...by, mode: 'PENDING' });
  expect(codeOf(held)).toBe('accepted');
  return { world, pendingId: held.command.id };
}

const change = (accountId: string, more: Partial<ChangeAccount>): Command => {
  return { ...keyed, command: 'CHANGE', id: `tr_change_${accountId}`, accountId, ...more };
};
const freeze = (accountId: string) => change(accountId, { status: 'FROZEN' });
const bind = (realAccountId: string): BindBook => {
  const parties = { bookId: 'B', realAccountId, controlAccountId: 'control', mainLedgerId: 'main' };
  return { ...keyed, command: 'BIND', id: 'tr_bind', ...parties };
};
const post = (pendingId: string, more: Partial<PostPending> = {}): Command => {
  return { ...keyed, command: 'POST', id: 'tr_post', pendingId, amounts: [], ...more };
};

describe('what a capability holds', () => {
  it.each<[string, Command | ((pendingId: string) => Command), string]>([
    ['its payer is frozen', freeze('payer'), 'accepted'],
    ['its payee is frozen', freeze('payee'), 'accepted'],
    ['more than there is is frozen', change('payer', { freeze: 1_000n }), 'accepted'],
    ['all that is left has to stay', change('payer', { constraint: { type: 'MIN_BALANCE', minor: 40n } }), 'accepted'],
    ['its payer is to be closed', change('payer', { status: 'CLOSED' }), 'ledger/account-not-empty'],
    ['its payee is to be closed', change('payee', { status: 'CLOSED' }), 'ledger/account-not-empty'],
    ['its payer is to stand for a book', bind('payer'), 'ledger/book-not-allowed'],
    ['its payee is to stand for a book', bind('payee'), 'ledger/book-not-allowed'],
    ['a client of the API is to post it', (pendingId) => post(pendingId, { id: 'tr_other' }), 'ledger/pending-owned'],
  ])('is posted also when, meanwhile, %s', (_, meanwhile, code) => {
    const { world, pendingId } = holding(netting);
    expect(codeOf(carryOut(world, typeof meanwhile === 'function' ? meanwhile(pendingId) : meanwhile))).toBe(code);
    expect(codeOf(carryOut(world, post(pendingId, netting)))).toBe('accepted');
    expect(world.accounts.get('payer')).toMatchObject({ posted: 40n, pendingOut: 0n });
    expect(world.accounts.get('payee')).toMatchObject({ posted: 60n, pendingIn: 0n });
  });

  it('is posted in part on a frozen account, and the rest is frozen with it', () => {
    const { world, pendingId } = holding(netting);
    carryOut(world, freeze('payer'));
    const amounts = [{ leg: 0, minor: 25n, currency: 'CNY' }];
    expect(codeOf(carryOut(world, post(pendingId, { ...netting, amounts })))).toBe('accepted');
    expect(world.accounts.get('payer')).toMatchObject({ posted: 75n, pendingOut: 0n, status: 'FROZEN' });
    const rest = { ...transferOf('t', 'rest', 'payer', 'payee', 35n), ...netting };
    expect(codeOf(carryOut(world, rest))).toBe('ledger/account-frozen');
    expect(codeOf(carryOut(world, { ...rest, id: 'tr_rest', mode: 'PENDING' }))).toBe('ledger/account-frozen');
  });
});

describe('what a client of the API holds', () => {
  it('stays where it is on a frozen account, whoever posts it, until it is unfrozen', () => {
    const { world, pendingId } = holding();
    carryOut(world, freeze('payer'));
    expect(codeOf(carryOut(world, post(pendingId)))).toBe('ledger/account-frozen');
    expect(codeOf(carryOut(world, post(pendingId, netting)))).toBe('ledger/account-frozen');
    carryOut(world, change('payer', { status: 'ACTIVE' }));
    expect(codeOf(carryOut(world, post(pendingId)))).toBe('accepted');
  });

  it('is given free on a frozen account', () => {
    const { world, pendingId } = holding();
    carryOut(world, freeze('payer'));
    expect(codeOf(carryOut(world, { ...keyed, command: 'VOID', id: 'tr_void', pendingId }))).toBe('accepted');
    expect(world.accounts.get('payer')).toMatchObject({ posted: 100n, pendingOut: 0n });
  });
});
