import { roles } from '../../shared/service/description.ts';

export interface SeededClient {
  readonly id: string;
  /** What its tokens allow: `<tenant>/<role>`. */
  readonly scope: string;
}

/** The one merchant whose data the seeded merchant clients may see. */
const MERCHANT = 'mer_demo';

/** The secret of every seeded client. They exist on this host only. */
export const clientSecret = 'local-only';

/** One client per role of the tenant `demo`, and the same with `-2` of the tenant `demo2`. */
export const seededClients: readonly SeededClient[] = [
  ['demo', ''],
  ['demo2', '-2'],
].flatMap(([tenant = '', suffix = '']) =>
  roles.map((role) => ({
    id: `${role}${suffix}`,
    scope: `${tenant}/${role === 'merchant' ? `merchant:${MERCHANT}` : role}`,
  })),
);
