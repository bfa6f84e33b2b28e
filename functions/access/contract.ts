import type { Contract } from '../../shared/http/contract.ts';

/** Tokens are issued by the user pool (on one machine: by the local issuer), not by an operation of ours. */
export const contract = {} satisfies Contract;
