import { describe, expect, it } from 'vitest';
import type { AccountState, Book } from '../../../functions/ledger/account.ts';
import type { Command, MakeTransfer } from '../../../functions/ledger/commands.ts';
import type { Decision, World } from '../../../functions/ledger/decision.ts';
import { testCause, transferOf } from '../../support/commands.ts';
import { carryOut, codeOf, legsOf, stateOf, worldOf } from './worlds.ts';

/** A book of 1,000 fen: `real` outside, its mirror `control`, and the ledgers `main`, `shop` and `income` inside. */
const inBook = (role: Book['role'], id = 'B1'): { book: Book } => ({ book: { id, role } });

function books(): World {
  return worldOf(
    stateOf('real', { posted: 1_000n, ...inBook('REAL') }),
    stateOf('control', { posted: -1_000n, book: { id: 'B1', role: 'CONTROL', realAccountId: 'real' } }),
    stateOf('main', { posted: 700n, ...inBook('LEDGER') }),
    stateOf('shop', { posted: 200n, ...inBook('LEDGER') }),
    stateOf('income', { posted: 100n, ...inBook('INCOME') }),
    stateOf('supplier'),
    stateOf('customer', { posted: 5_000n }),
    stateOf('elsewhere', inBook('LEDGER', 'B2')),
    stateOf('unbound', inBook('CONTROL', 'B2')),
  );
}

let keys = 0;
function transfer(text: string, more: Partial<MakeTransfer> = {}): MakeTransfer {
  keys += 1;
  return { ...transferOf('t', `k${keys}`, '', '', 0n), legs: legsOf(text), ...more };
}

const codeFor = (text: string, more?: Partial<MakeTransfer>) => codeOf(carryOut(books(), transfer(text, more)));
const boundary = 'ledger/book-boundary';
const imbalance = 'ledger/book-out-of-balance';
const incomeDebit = 'ledger/income-account-debit';

describe('the boundary of a book', () => {
  it.each([
    ['a payment by the real account, carried by a ledger', 'real > supplier 50, shop > control 50', 'accepted'],
    [
      'a receipt on the real account, carried by an income ledger',
      'customer > real 50, control > income 50',
      'accepted',
    ],
    ['a move between two ledgers', 'main > shop 50', 'accepted'],
    ['a transfer that touches no book', 'customer > supplier 50', 'accepted'],
    ['a ledger that pays a supplier itself', 'shop > supplier 50', boundary],
    ['a customer who pays into a ledger', 'customer > shop 50', boundary],
    ['the real account paying into its own ledger', 'real > main 50', boundary],
    ['two ledgers of different books', 'shop > elsewhere 50', boundary],
  ])('%s', (_, text, code) => {
    expect(codeFor(text)).toBe(code);
  });

  it.each([
    ['shop > supplier 50', '/legs/0/debitAccountId', 'shop'],
    ['main > shop 1, customer > shop 50', '/legs/1/creditAccountId', 'shop'],
    ['shop > elsewhere 50', '/legs/0/creditAccountId', 'elsewhere'],
  ])('of %s the problem points to the side that is inside', (text, pointer, accountId) => {
    const decision = carryOut(books(), transfer(text));
    expect(decision).toMatchObject({ problem: { fields: { accountId, errors: [{ pointer }] } } });
  });
});

describe('the real account and its mirror', () => {
  it.each([
    ['the real account alone', 'real > supplier 50', imbalance],
    ['the control account alone', 'shop > control 50', imbalance],
    ['a fen apart', 'real > supplier 50, shop > control 49', imbalance],
    ['the same way instead of opposite', 'customer > real 50, shop > control 50', imbalance],
    [
      'several legs that net to the mirror',
      'real > supplier 80, customer > real 30, shop > control 20, main > control 30',
      'accepted',
    ],
    [
      'several legs that net one fen off',
      'real > supplier 80, customer > real 30, shop > control 20, main > control 31',
      imbalance,
    ],
    ['control in and out again, which nets to nothing', 'shop > control 20, control > main 20', 'accepted'],
    ['real in and out again', 'customer > real 30, real > supplier 30', 'accepted'],
    ['a control account that mirrors nothing yet', 'elsewhere > unbound 10', imbalance],
  ])('%s', (_, text, code) => {
    expect(codeFor(text)).toBe(code);
  });

  it('must mirror each other in holds, where in and out do not net', () => {
    const pending = { mode: 'PENDING' } as const;
    expect(codeFor('real > supplier 50, shop > control 50', pending)).toBe('accepted');
    expect(codeFor('real > supplier 50', pending)).toBe(imbalance);
    expect(codeFor('shop > control 20, control > main 20', pending)).toBe(imbalance);
  });

  it('come after a frozen account and before missing funds', () => {
    const frozen = books();
    frozen.accounts.set('real', stateOf('real', { status: 'FROZEN', ...inBook('REAL') }));
    expect(codeOf(carryOut(frozen, transfer('real > supplier 50')))).toBe('ledger/account-frozen');
    const poor = books();
    const floor = { type: 'MIN_BALANCE', minor: 0n } as const;
    poor.accounts.set('shop', stateOf('shop', { constraint: floor, ...inBook('LEDGER') }));
    expect(codeOf(carryOut(poor, transfer('shop > supplier 50')))).toBe(boundary);
    expect(codeOf(carryOut(poor, transfer('shop > main 50')))).toBe('ledger/insufficient-funds');
  });
});

describe('a hold in a book', () => {
  function held(): { world: World; pendingId: string } {
    const world = books();
    const hold = transfer('real > supplier 50, shop > control 50', { mode: 'PENDING' });
    expect(codeOf(carryOut(world, hold))).toBe('accepted');
    return { world, pendingId: hold.id };
  }
  const post = (pendingId: string, ...minors: readonly bigint[]): Command => ({
    command: 'POST',
    id: 'tr_post',
    fingerprint: '',
    cause: testCause,
    pendingId,
    amounts: minors.map((minor, leg) => ({ leg, minor, currency: 'CNY' })),
  });
  const balances = (world: World) =>
    ['real', 'control', 'shop'].map((id) => {
      const { posted = 0n, pendingIn = 0n, pendingOut = 0n } = world.accounts.get(id) ?? {};
      return [posted, pendingIn, pendingOut];
    });

  it('is posted whole', () => {
    const { world, pendingId } = held();
    expect(balances(world)).toEqual([
      [1_000n, 0n, 50n],
      [-1_000n, 50n, 0n],
      [200n, 0n, 50n],
    ]);
    expect(codeOf(carryOut(world, post(pendingId)))).toBe('accepted');
    expect(balances(world)).toEqual([
      [950n, 0n, 0n],
      [-950n, 0n, 0n],
      [150n, 0n, 0n],
    ]);
  });

  it('is posted for less when all its legs are', () => {
    const { world, pendingId } = held();
    expect(codeOf(carryOut(world, post(pendingId, 30n)))).toBe(imbalance);
    expect(codeOf(carryOut(world, post(pendingId, 30n, 30n)))).toBe('accepted');
    expect(balances(world)).toEqual([
      [970n, 0n, 0n],
      [-970n, 0n, 0n],
      [170n, 0n, 0n],
    ]);
  });

  it.each(['VOID', 'EXPIRE'] as const)('is released by %s', (command) => {
    const { world, pendingId } = held();
    const end = { command, id: 'tr_end', fingerprint: '', cause: testCause, pendingId };
    expect(codeOf(carryOut(world, end))).toBe('accepted');
    expect(balances(world)).toEqual([
      [1_000n, 0n, 0n],
      [-1_000n, 0n, 0n],
      [200n, 0n, 0n],
    ]);
  });
});

describe('an income ledger', () => {
  it('is swept inside the book and pays nobody outside', () => {
    expect(codeFor('income > main 40')).toBe('accepted');
    expect(codeFor('real > supplier 40, income > control 40')).toBe(incomeDebit);
    expect(codeFor('real > supplier 40, income > control 40', { mode: 'PENDING' })).toBe(incomeDebit);
  });

  it('pays by being swept first, in the same transfer', () => {
    expect(codeFor('real > supplier 40, income > main 40, main > control 40')).toBe('accepted');
  });

  it('gives back what it took in by mistake, when the receipt is reversed', () => {
    const world = books();
    const receipt = transfer('customer > real 40, control > income 40');
    expect(codeOf(carryOut(world, receipt))).toBe('accepted');
    const reversal = {
      command: 'REVERSE',
      id: 'tr_rev',
      fingerprint: '',
      cause: testCause,
      transferId: receipt.id,
    } as const;
    expect(codeOf(carryOut(world, reversal))).toBe('accepted');
    expect(world.accounts.get('income')?.posted).toBe(100n);
    expect(world.accounts.get('real')?.posted).toBe(1_000n);
  });

  it('is named by the problem, with the leg', () => {
    const decision = carryOut(books(), transfer('real > supplier 40, income > control 40'));
    expect(decision).toMatchObject({
      problem: { status: 409, fields: { accountId: 'income', errors: [{ pointer: '/legs/1/debitAccountId' }] } },
    });
  });
});

describe('binding a real account to its book', () => {
  const bind: Command = {
    command: 'BIND',
    id: 'tr_bind',
    fingerprint: '',
    cause: testCause,
    bookId: 'B3',
    realAccountId: 'bank',
    controlAccountId: 'mirror',
    mainLedgerId: 'first',
  };
  const control = stateOf('mirror', inBook('CONTROL', 'B3'));
  const ledger = stateOf('first', inBook('LEDGER', 'B3'));
  const bound = (decision: Decision) =>
    decision.outcome === 'TRANSFER' ? decision.transfer.legs.map((leg) => ({ ...leg })) : decision.outcome;

  it.each([
    [300n, [{ debitAccountId: 'mirror', creditAccountId: 'first', amount: 300n, currency: 'CNY' }]],
    [-300n, [{ debitAccountId: 'first', creditAccountId: 'mirror', amount: 300n, currency: 'CNY' }]],
    [0n, 'CHANGE'],
  ])('takes a balance of %i over', (posted, legs) => {
    const world = worldOf(stateOf('bank', { posted }), control, ledger);
    expect(bound(carryOut(world, bind))).toEqual(legs);
    expect(world.accounts.get('bank')).toMatchObject({ posted, book: { id: 'B3', role: 'REAL' } });
    expect(world.accounts.get('mirror')).toMatchObject({
      posted: -posted,
      book: { id: 'B3', role: 'CONTROL', realAccountId: 'bank' },
    });
    expect(world.accounts.get('first')).toMatchObject({ posted, book: { id: 'B3', role: 'LEDGER' } });
  });

  const floor = { type: 'MIN_BALANCE', minor: 0n } as const;
  it.each<[string, AccountState[], string]>([
    ['is not there', [control, ledger], 'ledger/account-not-found'],
    ['is closed', [stateOf('bank', { status: 'CLOSED' }), control, ledger], 'ledger/book-not-allowed'],
    ['is hot', [stateOf('bank', { hot: true }), control, ledger], 'ledger/book-not-allowed'],
    ['is in a book', [stateOf('bank', inBook('REAL', 'B9')), control, ledger], 'ledger/book-not-allowed'],
    ['has a held credit', [stateOf('bank', { pendingIn: 1n }), control, ledger], 'ledger/book-not-allowed'],
    ['has a held debit', [stateOf('bank', { pendingOut: 1n }), control, ledger], 'ledger/book-not-allowed'],
    [
      'gets a control account of another book',
      [stateOf('bank'), stateOf('mirror', inBook('CONTROL', 'B9')), ledger],
      'ledger/book-not-allowed',
    ],
    [
      'gets an income ledger as main',
      [stateOf('bank'), control, stateOf('first', inBook('INCOME', 'B3'))],
      'ledger/book-not-allowed',
    ],
    ['is in another currency', [stateOf('bank', { currency: 'EUR' }), control, ledger], 'ledger/book-not-allowed'],
    [
      'comes second',
      [stateOf('bank'), stateOf('mirror', { book: { id: 'B3', role: 'CONTROL', realAccountId: 'other' } }), ledger],
      'ledger/book-not-allowed',
    ],
    [
      'is overdrawn and the main ledger may not be',
      [stateOf('bank', { posted: -1n }), control, { ...ledger, constraint: floor }],
      'ledger/insufficient-funds',
    ],
  ])('is refused when the account %s', (_, accounts, code) => {
    const world = worldOf(...accounts);
    const before = new Map(world.accounts);
    expect(codeOf(carryOut(world, bind))).toBe(code);
    expect(world.accounts).toEqual(before);
  });

  it('cannot be undone by reversing the opening transfer', () => {
    const world = worldOf(stateOf('bank', { posted: 300n }), control, ledger);
    carryOut(world, bind);
    const reversal = {
      command: 'REVERSE',
      id: 'tr_r',
      fingerprint: '',
      cause: testCause,
      transferId: bind.id,
    } as const;
    expect(codeOf(carryOut(world, reversal))).toBe(imbalance);
  });
});
