import { expect } from 'vitest';
import * as books from '../../../functions/receivables/books/book-examples.ts';
import { type ApiClient, expectSuccess } from '../../../infra/local/demo/api-client.ts';
import type { System } from '../../../infra/local/system.ts';
import { signIn, startInMemory } from '../../support/system.ts';

export const { legalEntity } = books.putReceivablesBook.body;
export const yuan = (amount: string) => ({ amount, currency: 'CNY' });

export interface ApiSystem {
  readonly system: System;
  readonly api: ApiClient;
  /** Ids by the names that stand for them in the examples of the reference, in braces. */
  readonly ids: Record<string, string>;
  /** An example with the ids in their places. */
  fill<Value>(value: Value): Value;
  /** Until nothing is under way. */
  quiet(): Promise<void>;
}

/** A fresh system with an open account for each purpose of a book; a treasurer asks. */
export async function systemWithAccounts(): Promise<ApiSystem> {
  const system = await startInMemory();
  const api = await signIn(system.url, 'treasurer');
  const ids: Record<string, string> = {};
  for (const [purpose, name] of Object.entries(books.putReceivablesBook.body.accounts)) {
    ids[name.slice(1, -1)] = await openAccount(api, purpose);
  }
  return {
    ...{ system, api, ids },
    fill: (value) =>
      JSON.parse(JSON.stringify(value).replace(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole)),
    quiet: async () => expect(await system.quiesce()).toBe(true),
  };
}

/** And with the book of the examples on them. */
export async function systemWithBook(): Promise<ApiSystem> {
  const own = await systemWithAccounts();
  expectSuccess(await own.api.put('/v1/receivables-books', own.fill(books.putReceivablesBook.body)));
  return own;
}

export async function openAccount(api: ApiClient, name: string, more: object = {}): Promise<string> {
  const account = { currency: 'CNY', holder: legalEntity, name, constraint: { type: 'NONE' }, ...more };
  return expectSuccess(await api.post('/v1/accounts', account, name)).id;
}
