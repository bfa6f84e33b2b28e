import type { Contract } from '../../shared/http/contract.ts';
import { channelContract } from './contract-channels.ts';
import { marketContract } from './contract-markets.ts';
import { merchantContract } from './contract-merchants.ts';
import { orderContract } from './contract-orders.ts';
import { ruleContract } from './contract-rules.ts';
import { settlementContract } from './contract-settlements.ts';

export const contract = {
  ...marketContract,
  ...channelContract,
  ...merchantContract,
  ...ruleContract,
  ...settlementContract,
  ...orderContract,
} satisfies Contract;
