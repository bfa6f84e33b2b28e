import type { Contract } from '../../shared/http/contract.ts';
import { mandateContract } from './contract-mandates.ts';
import { railContract } from './contract-rails.ts';

export const contract = { ...railContract, ...mandateContract } satisfies Contract;
