/** Where things lie in the table. Tenant names hold no '#'. */
export const keys = {
  /** The rails of a tenant and their outages: few, read together by every quote. */
  rails: (tenant: string) => `${tenant}#RAILS`,
  railsConfiguration: 'CONFIGURATION',
  railOutages: (railId: string) => `OUTAGES#${railId}`,
  mandate: (tenant: string, mandateId: string) => ({ pk: `${tenant}#${mandateId}`, sk: 'MANDATE' }),
  /** What a mandate has been used for; written with every collection, so apart from it. */
  usage: (tenant: string, mandateId: string) => ({ pk: `${tenant}#${mandateId}`, sk: 'USAGE' }),
  /** Which mandate has an agreement number. */
  agreement: (tenant: string, agreementNumber: string) => ({ pk: `${tenant}#A#${agreementNumber}`, sk: 'A' }),
  /** The record of an Idempotency-Key. */
  record: (tenant: string, operation: string, key: string) => ({ pk: `${tenant}#K#${operation}#${key}`, sk: 'K' }),
} as const;

/** Index values: the mandates of a tenant by the time they were made. */
export const mandatesOf = (tenant: string) => `${tenant}#MANDATES`;
