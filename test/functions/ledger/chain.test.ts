import { describe, expect, it } from 'vitest';
import type { Account, AccountState, Book, Constraint } from '../../../functions/ledger/account.ts';
import { assemble } from '../../../functions/ledger/assemble.ts';
import { hex } from '../../../functions/ledger/chain.ts';
import type { Command } from '../../../functions/ledger/commands.ts';
import { decide } from '../../../functions/ledger/decide.ts';
import { versionFromPlain, versionToPlain } from '../../../functions/ledger/items.ts';
import { firstVersion } from '../../../functions/ledger/open-account.ts';
import { fromItem, toItem } from '../../../shared/dynamo/items.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { worldOf } from './worlds.ts';

const factsOf = (id: string): Account => ({
  id,
  currency: 'CNY',
  holder: `holder of ${id}`,
  purpose: 'GENERAL',
  hot: false,
  references: {},
  openedAt: '2026-03-01T00:00:00.000Z',
});
const opened = (id: string, constraint: Constraint, book?: Book) =>
  firstVersion(factsOf(id), { constraint, cause: testCause, ...(book && { book }) });

/** Runs commands one by one on the heads and gives the heads after. */
function chain(heads: Map<string, AccountState>, commands: readonly Command[]): Map<string, AccountState> {
  for (const command of commands) {
    const decision = decide(worldOf(...heads.values()), command, testNow);
    if (decision.outcome === 'REFUSED') throw decision.problem;
    for (const { state } of assemble(heads, [decision], testNow).versions) heads.set(state.accountId, state);
  }
  return heads;
}

describe('the hash chain', () => {
  it('of an account without a book is what it was before there were books', () => {
    const heads = new Map([
      ['acc_A', opened('acc_A', { type: 'NONE' }).state],
      ['acc_B', opened('acc_B', { type: 'MIN_BALANCE', minor: 0n }).state],
    ]);
    const hashes = () => [...heads.values()].map(({ version, hash }) => `${version} ${hex(hash)}`);
    // Written down when the ledger knew no books.
    expect(hashes()).toEqual([
      '0 7cf3a5a2efe1c00b85047e8c834b73b96c61ff0d6c5eb9bfc96619d9ac6d6729',
      '0 7a46ce45d52a84fe1392bc6ea69f7f85a9a3c53d63194a5afb7d7d9306867c39',
    ]);
    const transfer = transferOf('t', '', 'acc_A', 'acc_B', 12_345_678_901_234_567_890n);
    const hold = transferOf('t', '', 'acc_B', 'acc_A', 7n);
    chain(heads, [
      { ...transfer, id: 'tr_1', references: { order: '1' } },
      { command: 'CHANGE', id: 'tr_2', fingerprint: 'f', cause: testCause, accountId: 'acc_B', freeze: 5n },
      { ...hold, id: 'tr_3', mode: 'PENDING' },
    ]);
    expect(hashes()).toEqual([
      '2 f4ec9ef2b6a961a03caec90b0f9765c1c6f47a7200b5490acc8748e4ca16540c',
      '3 df2809d3eae6ffd878385c1ee57e8b2c5a38254762e052d4751097244b76e3c0',
    ]);
  });

  it('of an account in a book tells which book and which role', () => {
    const books: (Book | undefined)[] = [
      undefined,
      { id: 'B1', role: 'LEDGER' },
      { id: 'B1', role: 'INCOME' },
      { id: 'B2', role: 'LEDGER' },
      { id: 'B1', role: 'CONTROL' },
      { id: 'B1', role: 'CONTROL', realAccountId: 'acc_R' },
    ];
    const hashes = books.map((book) => hex(opened('acc_A', { type: 'NONE' }, book).state.hash));
    expect(new Set(hashes).size).toBe(books.length);
  });

  it.each<Book | undefined>([
    undefined,
    { id: 'B1', role: 'LEDGER' },
    { id: 'B1', role: 'CONTROL', realAccountId: 'acc_R' },
  ])('survives the table with the book %o', (book) => {
    const version = opened('acc_A', { type: 'OVERDRAFT_LIMIT', minor: 5n }, book);
    const plain = versionToPlain(version);
    expect('book' in plain).toBe(book !== undefined);
    expect(versionFromPlain('acc_A', fromItem(toItem(plain)))).toEqual(version);
  });

  it('goes on from version to version with the book in it', () => {
    const heads = new Map([
      ['acc_C', opened('acc_C', { type: 'NONE' }, { id: 'B1', role: 'CONTROL' }).state],
      ['acc_M', opened('acc_M', { type: 'NONE' }, { id: 'B1', role: 'LEDGER' }).state],
      ['acc_R', { ...opened('acc_R', { type: 'NONE' }).state, posted: 90n }],
    ]);
    const common = { id: 'tr_bind', fingerprint: '', cause: testCause, bookId: 'B1' };
    const parties = { realAccountId: 'acc_R', controlAccountId: 'acc_C', mainLedgerId: 'acc_M' };
    chain(heads, [
      { command: 'BIND', ...common, ...parties },
      { command: 'CHANGE', id: 'tr_c', fingerprint: '', cause: testCause, accountId: 'acc_R', freeze: 1n },
    ]);
    expect([...heads.values()].map(({ version, book }) => ({ version, ...book }))).toEqual([
      { version: 1, id: 'B1', role: 'CONTROL', realAccountId: 'acc_R' },
      { version: 1, id: 'B1', role: 'LEDGER' },
      { version: 2, id: 'B1', role: 'REAL' },
    ]);
  });
});
