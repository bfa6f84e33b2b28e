import type { Contract } from '../../shared/http/contract.ts';
import { batchContract } from './contract-batches.ts';
import { channelContract } from './contract-channels.ts';
import { collectionContract } from './contract-collections.ts';
import { largeValueContract } from './contract-large-values.ts';
import { mandateContract } from './contract-mandates.ts';
import { outcomeContract } from './contract-outcomes.ts';
import { railContract } from './contract-rails.ts';

export const contract = {
  ...railContract,
  ...mandateContract,
  ...channelContract,
  ...batchContract,
  ...largeValueContract,
  ...collectionContract,
  ...outcomeContract,
} satisfies Contract;
