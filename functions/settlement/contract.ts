import type { Contract } from '../../shared/http/contract.ts';
import { channelFileContract } from './contract-channel-files.ts';
import { channelContract } from './contract-channels.ts';
import { comparisonContract } from './contract-comparisons.ts';
import { marketContract } from './contract-markets.ts';
import { merchantContract } from './contract-merchants.ts';
import { orderContract } from './contract-orders.ts';
import { proofContract } from './contract-proofs.ts';
import { ruleContract } from './contract-rules.ts';
import { settlementContract } from './contract-settlements.ts';
import { statisticsContract } from './contract-statistics.ts';
import { templateContract } from './contract-templates.ts';
import { unassignedContract } from './contract-unassigned.ts';
import { waitingContract } from './contract-waiting.ts';

export const contract = {
  ...marketContract,
  ...channelContract,
  ...merchantContract,
  ...ruleContract,
  ...settlementContract,
  ...orderContract,
  ...unassignedContract,
  ...templateContract,
  ...channelFileContract,
  ...comparisonContract,
  ...proofContract,
  ...statisticsContract,
  ...waitingContract,
} satisfies Contract;
