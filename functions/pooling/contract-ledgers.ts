import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';
import { date, id, page } from '../../shared/http/schemas.ts';
import { poolPath } from './contract-pools.ts';
import * as examples from './ledgers/ledger-examples.ts';
import {
  accountStatementOut,
  ledgerIn,
  ledgerOut,
  ledgersOut,
  receiptIn,
  receiptOut,
} from './ledgers/ledger-shapes.ts';
import { problems } from './problems.ts';

const notFound = problems['pool-not-found'];

export const ledgerPoolContract = {
  openLedger: {
    description:
      'An account in the book of a LEDGER pool. Until the members are set it stands below the main ledger, without agreements. Money goes in and out of it through the real account; the ledgers of a pool add up to the real balance at every moment.',
    path: poolPath,
    body: ledgerIn,
    response: ledgerOut,
    problems: [
      notFound,
      problems['pool-opening'],
      problems['kind-not-fitting'],
      problems['currency-mismatch'],
      problems['virtual-account-taken'],
    ],
    example: examples.openLedger,
  },
  listLedgers: {
    path: poolPath,
    query: page,
    response: ledgersOut,
    problems: [notFound, problems['pool-opening'], problems['kind-not-fitting']],
    example: examples.listLedgers,
  },
  bookReceipt: {
    description:
      'For receipts that no statement tells of: booked credits of an assigned statement come in by themselves. Names the ledger by a virtual account number or by its id; without either the money goes to the main ledger. What was allotted to no ledger carries the reference `assignment: UNASSIGNED`.',
    path: poolPath,
    body: receiptIn,
    response: receiptOut,
    problems: [
      notFound,
      problems['pool-opening'],
      problems['kind-not-fitting'],
      problems['currency-mismatch'],
      problems['virtual-account-unknown'],
      problems['not-a-member'],
      problems['account-not-found'],
      problems['debit-account-not-allowed'],
    ],
    example: examples.bookReceipt,
  },
  getLedgerStatement: {
    description:
      'Of any account of the pool, the real one and the header too, by booking date. Opening balance and entries of all pages add up to the closing balance.',
    path: z.strictObject({ poolId: id('pool'), accountId: id('acc') }),
    query: page.extend({
      from: date.meta({ description: 'First booking date.' }),
      to: date.meta({ description: 'Last booking date.' }),
    }),
    response: accountStatementOut,
    problems: [notFound, problems['not-a-member']],
    example: examples.getLedgerStatement,
  },
} satisfies Contract;
