import { randomBytes } from 'node:crypto';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { bucketVariable, tableVariable } from '../cloud/names.ts';
import { BUS_NAME } from './bus.ts';
import type { HostState } from './host-state.ts';
import { bucketName } from './object-store.ts';
import { busPath, storePath } from './server.ts';
import { localAccess, tableName } from './tables.ts';

const HASH_KEY_BYTES = 32;

/** What functions find in their environment; in the cloud the stacks set the same names. */
export function functionEnvironment(
  url: string,
  endpoint: string,
  services: readonly ServiceDescription[],
  state: HostState,
): Record<string, string> {
  const withTable = services.filter(({ table }) => table);
  const withBucket = services.filter(({ bucket }) => bucket);
  return {
    ...Object.fromEntries(withTable.map(({ name }) => [tableVariable(name), tableName(name)])),
    ...Object.fromEntries(withBucket.map(({ name }) => [bucketVariable(name), bucketName(name)])),
    EVENT_BUS: BUS_NAME,
    ISSUER_URL: url,
    NUMBER_HASH_KEY: state.settingOr('number_hash_key', () => randomBytes(HASH_KEY_BYTES).toString('hex')),
    AWS_REGION: localAccess.region,
    AWS_ACCESS_KEY_ID: localAccess.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccess.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: new URL(busPath, url).href,
    AWS_ENDPOINT_URL_S3: new URL(storePath, url).href,
  };
}
