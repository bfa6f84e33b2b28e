/** Where things lie in the table. */
export const keys = {
  /** The sets of one name, by date. */
  sets: (tenant: string, name: string) => `${tenant}#S#${name}`,
  /** The names of a tenant, each with its latest date. */
  names: (tenant: string) => `${tenant}#N`,
} as const;
