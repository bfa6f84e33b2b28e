import type { Contract } from '../../shared/http/contract.ts';
import { bookContract } from './contract-books.ts';
import { customerContract } from './contract-customers.ts';
import { entryContract } from './contract-entries.ts';
import { invoiceContract } from './contract-invoices.ts';
import { matchContract } from './contract-matches.ts';
import { receiptContract } from './contract-receipts.ts';
import { reportContract } from './contract-reports.ts';
import { runContract } from './contract-runs.ts';

export const contract = {
  ...bookContract,
  ...customerContract,
  ...invoiceContract,
  ...receiptContract,
  ...matchContract,
  ...entryContract,
  ...reportContract,
  ...runContract,
} satisfies Contract;
