import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { id } from '../../shared/http/schemas.ts';
import { general } from '../../shared/problems/general.ts';
import { allocateIn, matchIn, refundIn, unmatchIn } from './matches/match-shapes.ts';
import { problems } from './problems.ts';
import { ownCreditOut, ownCreditsQuery } from './receipts/own-credit-shapes.ts';
import * as examples from './receipts/receipt-examples.ts';
import {
  dismissIn,
  mergeIn,
  receiptIn,
  receiptOut,
  receiptsQuery,
  takeBackIn,
  wholeReceiptOut,
} from './receipts/receipt-shapes.ts';

const path = z.strictObject({ receiptId: id('rcp') });
const acting = { path, response: wholeReceiptOut };
const found = [problems['receipt-not-found'], problems['receipt-merged'], general['conflict-retry']];
const using = [
  ...found,
  problems['version-conflict'],
  problems['receipt-exceeded'],
  problems['on-account-exceeded'],
  problems['invoice-not-found'],
  problems['invoice-exceeded'],
  problems['invoice-twice'],
  problems['match-empty'],
  problems['match-too-large'],
  problems['other-currency'],
  problems['other-legal-entity'],
  problems['other-customer'],
];

export const receiptContract = {
  createReceipt: {
    description:
      'For money that no statement and no collection tells of. Sent again under another key, the same number with the same ' +
      'content answers the receipt that is there. It is matched within seconds.',
    body: receiptIn,
    response: wholeReceiptOut,
    problems: [problems['receipt-number-taken'], problems['cash-account'], general['conflict-retry']],
    example: examples.createReceipt,
  },
  listReceipts: {
    description:
      'The latest paid first. A page may hold fewer than `limit` and still have a next one; what changed this moment may be missing.',
    query: receiptsQuery,
    response: z.object({ receipts: z.array(receiptOut), nextCursor: z.string().optional() }),
    example: examples.listReceipts,
  },
  getReceipt: { ...acting, problems: [problems['receipt-not-found']], example: examples.getReceipt },
  matchReceipt: {
    ...acting,
    description:
      'Takes a suggestion, or pays the invoices that you name with what is not used: each in full and the rest on account; ' +
      'where it is less, with the discounts of the day or short by what a bank may keep; else part by part, the oldest due first.',
    body: matchIn,
    problems: [...using, problems['suggestion-not-found']],
    example: examples.matchReceipt,
  },
  unmatchReceipt: {
    ...acting,
    description:
      'Takes a match back, or all: receipt, invoices and ledger are as before, and what it was is kept. From then on the ' +
      'receipt is not matched by itself.',
    body: unmatchIn,
    problems: [
      ...found,
      problems['match-not-found'],
      problems['match-undone'],
      problems['nothing-matched'],
      problems['on-account-used'],
    ],
    example: examples.unmatchReceipt,
  },
  allocateReceipt: {
    ...acting,
    description: 'Puts money where you say, to the fen: to invoices of one customer, on its account, or both.',
    body: allocateIn,
    problems: [...using, problems['customer-not-found']],
    example: examples.allocateReceipt,
  },
  refundReceipt: {
    ...acting,
    description: 'Notes and books that money goes back to its payer. What pays invoices is to be unmatched first.',
    body: refundIn,
    problems: [
      ...found,
      problems['version-conflict'],
      problems['receipt-exceeded'],
      problems['on-account-exceeded'],
      problems['other-currency'],
    ],
    example: examples.refundReceipt,
  },
  mergeReceipt: {
    ...acting,
    description:
      'Of money that was told by hand and by a bank too: makes a receipt of which nothing is used a part of the other. It is ' +
      'kept, its booking is turned round, and who told of it is noted with the other one.',
    body: mergeIn,
    problems: [
      ...found,
      problems['version-conflict'],
      problems['receipt-used'],
      problems['merge-differs'],
      problems['merge-with-itself'],
      problems['merged-too-often'],
    ],
    example: examples.mergeReceipt,
  },
  unmergeReceipt: {
    ...acting,
    description:
      'For two that were not the same money after all: the receipt counts again, its booking is turned round once more, and the ' +
      'one that it was merged into is as it was before. What was done with that one since is to be taken back first. Neither is ' +
      'matched by itself from then on.',
    body: takeBackIn,
    problems: [
      problems['receipt-not-found'],
      problems['receipt-not-merged'],
      problems['merge-used'],
      problems['version-conflict'],
      general['conflict-retry'],
    ],
    example: examples.unmergeReceipt,
  },
  dismissReceipt: {
    ...acting,
    description:
      'Says that a receipt, or a part of it, never was one: of what was told by hand alone, of what came from an account of your ' +
      'own, or of what a report that came later says is none. It is kept, counts for nothing, and its booking is turned round. What is used is to be unmatched first.',
    body: dismissIn,
    problems: [
      ...found,
      problems['version-conflict'],
      problems['receipt-stands'],
      problems['receipt-exceeded'],
      problems['other-currency'],
    ],
    example: examples.dismissReceipt,
  },
  reopenReceipt: {
    ...acting,
    description:
      'Says that what was dismissed of a receipt was one after all: it counts again, is booked once more, and waits for somebody.',
    body: takeBackIn,
    problems: [...found, problems['version-conflict'], problems['receipt-not-dismissed']],
    example: examples.reopenReceipt,
  },
  listOwnCredits: {
    description:
      'Money that came from an account of your own ledger is no receipt, unless the account is recorded with a customer. The ' +
      'latest told first; those that are left out, unless told.',
    query: ownCreditsQuery,
    response: z.object({ ownCredits: z.array(ownCreditOut), nextCursor: z.string().optional() }),
    example: examples.listOwnCredits,
  },
  takeOwnCredit: {
    ...acting,
    description:
      'Makes a receipt of it: a company of the group paid. It is matched by itself only where it names what it pays. Where the ' +
      'account is recorded with a customer, what comes from it later is a receipt by itself. Taken by mistake, the receipt is dismissed.',
    problems: [problems['own-credit-not-found'], general['conflict-retry']],
    example: examples.takeOwnCredit,
  },
} satisfies Contract;
