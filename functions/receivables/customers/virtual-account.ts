import type { Cause } from '../../../shared/http/cause.ts';
import type { VirtualAccount } from '../matching/open-item.ts';

/** A number that identifies payer, contract or order (虚拟账户): whoever pays to it has said for what. */
export interface StoredVirtualAccount extends VirtualAccount {
  readonly tenant: string;
  readonly id: string;
  readonly legalEntity: string;
  /** Of no person, and printed on our invoices: shown in full. */
  readonly number: string;
  readonly state: 'ACTIVE' | 'CLOSED';
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
  readonly cause: Cause;
}
