import type { Contract } from '../../shared/http/contract.ts';
import { general } from '../../shared/problems/general.ts';
import * as examples from './books/book-examples.ts';
import { bookIn, bookOut, booksOut, booksQuery } from './books/book-shapes.ts';
import { rulesIn, rulesOut } from './books/rule-shapes.ts';
import { problems } from './problems.ts';

export const bookContract = {
  listReceivablesBooks: { query: booksQuery, response: booksOut, example: examples.listReceivablesBooks },
  putReceivablesBook: {
    description:
      'Invoices, receipts and matches of a legal entity in a currency are booked on these accounts. An account that ' +
      'carries a balance is not exchanged for another, but for `cash`. The same again changes nothing.',
    body: bookIn,
    response: bookOut,
    problems: [
      problems['book-accounts'],
      problems['book-in-use'],
      problems['version-conflict'],
      general['conflict-retry'],
    ],
    example: examples.putReceivablesBook,
  },
  getMatchRules: {
    description: 'Version 0 are the rules that everybody begins with.',
    response: rulesOut,
    example: examples.getMatchRules,
  },
  putMatchRules: {
    description: 'Replaces the rules as a whole, for what is matched from then on. The same again changes nothing.',
    body: rulesIn,
    response: rulesOut,
    problems: [problems['version-conflict'], general['conflict-retry']],
    example: examples.putMatchRules,
  },
} satisfies Contract;
