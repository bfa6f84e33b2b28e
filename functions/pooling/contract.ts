import type { Contract } from '../../shared/http/contract.ts';
import { interestContract } from './contract-interest.ts';
import { ledgerPoolContract } from './contract-ledgers.ts';
import { poolContract } from './contract-pools.ts';
import { receiptContract } from './contract-receipts.ts';

export const contract = {
  ...poolContract,
  ...receiptContract,
  ...ledgerPoolContract,
  ...interestContract,
} satisfies Contract;
