import type { Construct } from 'constructs';
import type { CloudProps } from './cloud.ts';

export type Settings = Omit<CloudProps, 'services' | 'code'>;

/**
 * What a deployment may set, in cdk.json or with `cdk deploy -c tenants=acme,beta -c alarmEmail=…`:
 * `tenants`, `name` (Yudao), `domainPrefix`, `alarmEmail`.
 *
 * @throws Error when a setting is of the wrong kind, or no tenant is named: a deployment that forgets one would remove its
 *   clients.
 */
export function readSettings(scope: Construct): Settings {
  const domainPrefix = readText(scope, 'domainPrefix');
  const alarmEmail = readText(scope, 'alarmEmail');
  return {
    name: readText(scope, 'name') ?? 'Yudao',
    tenants: readTenants(scope),
    ...(domainPrefix && { domainPrefix }),
    ...(alarmEmail && { alarmEmail }),
  };
}

function readTenants(scope: Construct): readonly string[] {
  const tenants = readList(scope, 'tenants');
  if (tenants) return tenants;
  throw new Error('Name the tenants in cdk.json, as "tenants": ["acme"].');
}

function readText(scope: Construct, key: string): string | undefined {
  const value: unknown = scope.node.tryGetContext(key);
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(`The setting ${key} is a text, not ${JSON.stringify(value)}`);
}

/** A list in cdk.json; on the command line a text with commas. */
function readList(scope: Construct, key: string): readonly string[] | undefined {
  const value: unknown = scope.node.tryGetContext(key);
  if (value === undefined) return undefined;
  const items: unknown = typeof value === 'string' ? value.split(',') : value;
  if (Array.isArray(items) && items.length > 0 && items.every((item) => typeof item === 'string' && item !== ''))
    return items;
  throw new Error(`The setting ${key} is a list of names, not ${JSON.stringify(value)}`);
}
