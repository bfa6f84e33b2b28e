import type { Contract } from '../../shared/http/contract.ts';
import { centreContract } from './contract-centres.ts';
import { cycleContract } from './contract-cycles.ts';
import { obligationContract } from './contract-obligations.ts';
import { queueContract } from './contract-queue.ts';
import { reportContract } from './contract-reports.ts';
import { settlingContract } from './contract-settling.ts';
import { untakenContract } from './contract-untaken.ts';

export const contract = {
  ...centreContract,
  ...obligationContract,
  ...cycleContract,
  ...reportContract,
  ...settlingContract,
  ...queueContract,
  ...untakenContract,
} satisfies Contract;
