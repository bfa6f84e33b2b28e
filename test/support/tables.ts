import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { tableVariable } from '../../infra/cloud/names.ts';
import { localAccess as access, createTables as create, type TablePlan } from '../../infra/local/tables.ts';

/** An engine asks that a request names a key and a time, and checks no signature: to make one is a third of what a test costs. */
const signedByNobody: NonNullable<DynamoDBClientConfig['signer']> = {
  sign: async (request) => {
    const credential = `local/20250101/${access.region}/dynamodb/aws4_request`;
    request.headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
    request.headers['x-amz-date'] = '20250101T000000Z';
    return request;
  },
};

/** Client settings for an embedded engine: its region and credentials, which it asks for and does not check. */
export const localAccess = { ...access, signer: signedByNobody };

/** The tables of all services, as the cloud's template has them; it is synthesised once for all tests. */
export function tablePlans(): readonly TablePlan[] {
  const fault = inject('tablePlansFault');
  if (fault) throw new Error(`There are no tables to make: ${fault}`);
  return inject('tablePlans');
}

/**
 * Makes the tables of all services, as the cloud's template has them, under names that begin with `prefix`. Without their
 * streams unless told: nobody follows them in most tests, and an engine pays for each record (dynoxide the more, the
 * more records of whatever table it holds).
 * Answers what functions find in their environment: `{ TABLE_LEDGER: '<prefix>-ledger', … }`.
 */
export async function createTables(
  endpoint: string,
  prefix: string,
  { streams = false } = {},
): Promise<Record<string, string>> {
  const plans = tablePlans().map(({ stream, ...plan }) => ({ ...plan, ...(streams && stream && { stream }) }));
  const tables = await create(endpoint, plans, (service) => `${prefix}-${service}`);
  return Object.fromEntries(tables.map(({ service, name }) => [tableVariable(service), name]));
}
