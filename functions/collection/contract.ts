import type { Contract } from '../../shared/http/contract.ts';
import { railContract } from './contract-rails.ts';

export const contract = railContract satisfies Contract;
