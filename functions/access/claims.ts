import { type Role, roles } from '../../shared/service/description.ts';

/** What an access token says about its bearer. */
export interface Claims {
  readonly tenant: string;
  readonly role: Role;
  readonly client: string;
  readonly merchant?: string;
}

/**
 * Reads the claims of a verified access token: `client_id`, and one scope `<tenant>/<role>` or
 * `<tenant>/merchant:<merchant id>`. Undefined when they say anything else: a token that could mean two tenants or two
 * roles means none.
 */
export function readClaims(payload: Readonly<Record<string, unknown>>): Claims | undefined {
  const { token_use: use, client_id: client, scope } = payload;
  if (use !== 'access' || typeof client !== 'string' || client === '' || typeof scope !== 'string') return undefined;
  const match = /^(?<tenant>[A-Za-z0-9_-]{1,64})\/(?<role>[a-z]+)(?::(?<merchant>[A-Za-z0-9_-]{1,64}))?$/.exec(scope);
  const { tenant, role: name, merchant } = match?.groups ?? {};
  const role = roles.find((known) => known === name);
  if (!tenant || !role || (role === 'merchant') !== (merchant !== undefined)) return undefined;
  return { tenant, role, client, ...(merchant !== undefined && { merchant }) };
}
