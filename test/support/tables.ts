import { inject } from 'vitest';
import { tableVariable } from '../../infra/cloud/names.ts';
import { createTables as create, localAccess } from '../../infra/local/tables.ts';

/** Client settings for an embedded engine: its region and credentials, which it asks for and does not check. */
export { localAccess };

/**
 * Makes the tables of all services, as the cloud's template has them, under names that begin with `prefix`.
 * Answers what functions find in their environment: `{ TABLE_LEDGER: '<prefix>-ledger', … }`.
 */
export async function createTables(endpoint: string, prefix: string): Promise<Record<string, string>> {
  const fault = inject('tablePlansFault');
  if (fault) throw new Error(`There are no tables to make: ${fault}`);
  const tables = await create(endpoint, inject('tablePlans'), (service) => `${prefix}-${service}`);
  return Object.fromEntries(tables.map(({ service, name }) => [tableVariable(service), name]));
}
