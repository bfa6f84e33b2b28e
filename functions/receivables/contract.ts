import type { Contract } from '../../shared/http/contract.ts';

export const contract = {} satisfies Contract;
