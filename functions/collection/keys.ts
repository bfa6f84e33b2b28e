/** Where things lie in the table. Tenant names hold no '#'. */
export const keys = {
  /** The rails of a tenant and their outages: few, read together by every quote. */
  rails: (tenant: string) => `${tenant}#RAILS`,
  railsConfiguration: 'CONFIGURATION',
  railOutages: (railId: string) => `OUTAGES#${railId}`,
} as const;
