import { ApiClient } from '../../infra/local/demo/api-client.ts';
import { type System, type SystemOptions, startSystem } from '../../infra/local/system.ts';
import { tablePlans } from './tables.ts';

export const localSecret = 'local-only';

/** The local system in memory, with the services of the catalogue unless told; its tables are read from the template once. */
export function startInMemory(options: Pick<SystemOptions, 'services' | 'loadHandler' | 'now'> = {}): Promise<System> {
  const { services } = options;
  const plans = tablePlans().filter(({ service }) => !services || services.some(({ name }) => name === service));
  return startSystem({ port: 0, memory: true, quiet: true, plans, ...options });
}

/** A call as a stranger makes it: nothing is added that the test does not name. */
export async function rawCall(
  url: string,
  method: string,
  path: string,
  options: {
    readonly token?: string;
    readonly key?: string;
    readonly body?: string | Uint8Array<ArrayBuffer>;
    readonly type?: string;
  } = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const { token, key, body, type = 'application/json' } = options;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

export async function tokenOf(url: string, client: string): Promise<string> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: localSecret }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

export function signIn(url: string, client: string): Promise<ApiClient> {
  return ApiClient.signIn(url, client, localSecret);
}
