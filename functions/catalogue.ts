import type { Contract } from '../shared/http/contract.ts';
import type { ServiceDescription } from '../shared/service/description.ts';
import { contract as accessContract } from './access/contract.ts';
import { service as access } from './access/service.ts';
import { contract as collectionContract } from './collection/contract.ts';
import { service as collection } from './collection/service.ts';
import { contract as ledgerContract } from './ledger/contract.ts';
import { service as ledger } from './ledger/service.ts';
import { contract as nettingContract } from './netting/contract.ts';
import { service as netting } from './netting/service.ts';
import { contract as poolingContract } from './pooling/contract.ts';
import { service as pooling } from './pooling/service.ts';
import { contract as ratesContract } from './rates/contract.ts';
import { service as rates } from './rates/service.ts';
import { contract as receivablesContract } from './receivables/contract.ts';
import { service as receivables } from './receivables/service.ts';
import { contract as referenceContract } from './reference/contract.ts';
import { service as reference } from './reference/service.ts';
import { contract as settlementContract } from './settlement/contract.ts';
import { service as settlement } from './settlement/service.ts';
import { contract as statementsContract } from './statements/contract.ts';
import { service as statements } from './statements/service.ts';

export interface CatalogueEntry {
  readonly service: ServiceDescription;
  readonly contract: Contract;
}

/** Every capability of the system. Both hosts serve what stands here, and the reference tells of it. */
export const catalogue: readonly CatalogueEntry[] = [
  { service: ledger, contract: ledgerContract },
  { service: statements, contract: statementsContract },
  { service: rates, contract: ratesContract },
  { service: pooling, contract: poolingContract },
  { service: collection, contract: collectionContract },
  { service: receivables, contract: receivablesContract },
  { service: settlement, contract: settlementContract },
  { service: netting, contract: nettingContract },
  { service: access, contract: accessContract },
  { service: reference, contract: referenceContract },
];
