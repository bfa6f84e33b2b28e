import type { Role } from '../../shared/service/description.ts';

/** Who may look, agree on terms and start runs, and pay. */
export const readers: readonly Role[] = ['treasurer', 'approver', 'operator', 'auditor'];
export const treasurers: readonly Role[] = ['treasurer'];
export const payers: readonly Role[] = ['treasurer', 'operator'];
