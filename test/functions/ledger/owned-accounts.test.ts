import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../../functions/ledger/account.ts';
import { hashOf } from '../../../functions/ledger/chain.ts';
import type { ChangeAccount, Command } from '../../../functions/ledger/commands.ts';
import { versionToPlain } from '../../../functions/ledger/items.ts';
import { testCause, transferOf } from '../../support/commands.ts';
import { carryOut, codeOf, stateOf, worldOf } from './worlds.ts';

/** Ours is settlement's own account; theirs is nobody's. */
const ours = stateOf('ours', { posted: 1_000n, owner: 'settlement' });
const theirs = stateOf('theirs', { posted: 1_000n });

const asking = { nobody: {}, settlement: { owner: 'settlement' }, pooling: { owner: 'pooling' } };
type Who = keyof typeof asking;

const pay = (from: string, to: string, who: Who): Command => ({
  ...transferOf('t', `${from} ${to} ${who}`, from, to, 100n),
  ...asking[who],
});
const hold = (from: string, to: string, who: Who): Command => ({
  ...transferOf('t', `hold ${from} ${to} ${who}`, from, to, 100n),
  ...asking[who],
  mode: 'PENDING',
});
const change = (more: Partial<ChangeAccount>, who: Who = 'nobody'): Command => ({
  ...{ command: 'CHANGE', id: 'tr_change', fingerprint: 'change', cause: testCause, accountId: 'ours' },
  ...asking[who],
  ...more,
});

describe('an account of a capability’s own', () => {
  it.each<[string, Command, string]>([
    ['is not debited through the API', pay('ours', 'theirs', 'nobody'), 'ledger/account-owned'],
    ['nor credited', pay('theirs', 'ours', 'nobody'), 'ledger/account-owned'],
    ['nor held on', hold('ours', 'theirs', 'nobody'), 'ledger/account-owned'],
    ['nor held on by another capability', hold('theirs', 'ours', 'pooling'), 'ledger/account-owned'],
    ['nor moved by one', pay('ours', 'theirs', 'pooling'), 'ledger/account-owned'],
    ['is moved by its own', pay('ours', 'theirs', 'settlement'), 'accepted'],
    ['and held on by it', hold('theirs', 'ours', 'settlement'), 'accepted'],
    ['keeps its constraint from the API', change({ constraint: { type: 'NONE' } }), 'ledger/account-owned'],
    ['and is not closed by it', change({ status: 'CLOSED' }), 'ledger/account-owned'],
    ['may be frozen', change({ status: 'FROZEN' }), 'accepted'],
    ['in part too', change({ freeze: 400n }), 'accepted'],
    ['takes its own capability’s constraint', change({ constraint: { type: 'NONE' } }, 'settlement'), 'accepted'],
  ])('%s', (_, command, code) => {
    expect(codeOf(carryOut(worldOf(ours, theirs), command))).toBe(code);
  });

  it('says which account, whose it is, and where it was named', () => {
    const decision = carryOut(worldOf(ours, theirs), pay('theirs', 'ours', 'nobody'));
    expect(decision.outcome === 'REFUSED' && decision.problem.toBody()).toMatchObject({
      code: 'ledger/account-owned',
      status: 409,
      detail: 'The account ours belongs to the capability settlement, which alone moves it.',
      accountId: 'ours',
      owner: 'settlement',
      errors: [{ pointer: '/legs/0/creditAccountId' }],
    });
  });

  it('is refused before what it has is looked at, and after what is malformed', () => {
    const closed = { ...ours, status: 'CLOSED', posted: 0n } as const;
    const euros = { ...ours, currency: 'EUR' };
    expect(codeOf(carryOut(worldOf(closed, theirs), pay('ours', 'theirs', 'nobody')))).toBe('ledger/account-owned');
    expect(codeOf(carryOut(worldOf(euros, theirs), pay('ours', 'theirs', 'nobody')))).toBe('ledger/currency-mismatch');
  });

  it('has its transfers taken back by nobody else, and its holds ended by nobody else but time', () => {
    const world = worldOf(ours, theirs);
    const paid = carryOut(world, pay('ours', 'theirs', 'settlement'));
    const held = carryOut(world, hold('ours', 'theirs', 'settlement'));
    const common = { fingerprint: 'x', cause: testCause };
    const reversal = { ...common, command: 'REVERSE', id: 'tr_back', transferId: paid.command.id } as const;
    expect(codeOf(carryOut(world, reversal))).toBe('ledger/account-owned');
    const end = { ...common, pendingId: held.command.id };
    expect(codeOf(carryOut(world, { ...end, command: 'VOID', id: 'tr_void' }))).toBe('ledger/pending-owned');
    expect(codeOf(carryOut(world, { ...end, command: 'POST', id: 'tr_post', amounts: [] }))).toBe(
      'ledger/pending-owned',
    );
    expect(codeOf(carryOut(world, { ...end, command: 'EXPIRE', id: 'tr_expire' }))).toBe('accepted');
    expect(codeOf(carryOut(world, { ...reversal, owner: 'settlement' }))).toBe('accepted');
  });

  it('stands in no book of another capability', () => {
    const control = stateOf('control', { book: { id: 'B', role: 'CONTROL' } });
    const main = stateOf('main', { book: { id: 'B', role: 'LEDGER' } });
    const parties = { bookId: 'B', realAccountId: 'ours', controlAccountId: 'control', mainLedgerId: 'main' };
    const bind = { command: 'BIND', id: 'tr_bind', fingerprint: 'bind', cause: testCause, ...parties } as const;
    const decide = (who: Who) => codeOf(carryOut(worldOf(ours, control, main), { ...bind, ...asking[who] }));
    expect(decide('pooling')).toBe('ledger/account-owned');
    expect(decide('settlement')).toBe('accepted');
  });
});

describe('an account of a capability’s own that takes credits', () => {
  const open = stateOf('open', { posted: -1_000n, owner: 'settlement', takesCredits: true });

  it.each<[string, Command, string]>([
    ['is paid into by anybody', pay('theirs', 'open', 'nobody'), 'accepted'],
    ['and by another capability', pay('theirs', 'open', 'pooling'), 'accepted'],
    ['after a hold too', hold('theirs', 'open', 'nobody'), 'accepted'],
    ['gives nothing to anybody', pay('open', 'theirs', 'nobody'), 'ledger/account-owned'],
    ['nor to another capability', pay('open', 'theirs', 'pooling'), 'ledger/account-owned'],
    ['takes nothing of another owned one for anybody', pay('ours', 'open', 'nobody'), 'ledger/account-owned'],
    ['is moved by its own', pay('open', 'theirs', 'settlement'), 'accepted'],
  ])('%s', (_, command, code) => {
    expect(codeOf(carryOut(worldOf(ours, theirs, open), command))).toBe(code);
  });

  it('gives back what was paid in by mistake, and nothing that its own has moved', () => {
    const world = worldOf(ours, theirs, open);
    const paid = carryOut(world, pay('theirs', 'open', 'nobody'));
    const moved = carryOut(world, pay('open', 'ours', 'settlement'));
    const back = ({ command }: typeof paid) => {
      const common = { fingerprint: 'x', cause: testCause, id: `tr_back_${command.id}`, transferId: command.id };
      return codeOf(carryOut(world, { ...common, command: 'REVERSE' }));
    };
    expect([back(paid), back(moved)]).toEqual(['accepted', 'ledger/account-owned']);
  });

  it('says so in its chain', () => {
    const { hash: _, takesCredits: _open, ...closed }: AccountState = open;
    const link = { groups: [], cause: testCause };
    expect(hashOf(open.hash, { state: { ...closed, takesCredits: true }, ...link })).not.toEqual(
      hashOf(open.hash, { state: closed, ...link }),
    );
  });
});

describe('an account of nobody’s own', () => {
  it('says nothing of an owner where it is kept, nor in its chain', () => {
    const { hash: _, ...state }: AccountState = theirs;
    const link = { groups: [], cause: testCause };
    expect(versionToPlain({ state: theirs, transfers: [], cause: testCause })).not.toHaveProperty('owner');
    expect(hashOf(theirs.hash, { state, ...link })).not.toEqual(
      hashOf(theirs.hash, { state: { ...state, owner: 'settlement' }, ...link }),
    );
  });
});
