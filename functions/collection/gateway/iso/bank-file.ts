/** A file that a bank sent, and what became of it. READ is final; a refused file that comes again is looked at anew. */
export interface BankFile {
  readonly tenant: string;
  /** Derived from its content: the same file under another name is the same. */
  readonly id: string;
  readonly key: string;
  readonly status: 'READ' | 'REFUSED';
  readonly at: string;
  /** READ: how many reports it held. */
  readonly reports: number;
  /** REFUSED */
  readonly reason?: string;
  readonly detail?: string;
}

/** Largest file of a bank, in bytes: a camt.054 of 100,000 transactions has some 35 to 55 MiB, at wordy banks twice that. */
export const bankFileBytesMax = 128 * 1024 * 1024;

const prefix = 'inbox/';

/** Whose file lies there: the prefix of the service description, the tenant, a name. Throws where it is nobody's. */
export function tenantOfFile(key: string): string {
  const [tenant, ...name] = key.slice(prefix.length).split('/');
  if (!key.startsWith(prefix) || !tenant || name.join('/') === '') throw new Error('A file of no tenant in the inbox.');
  return decodeURIComponent(tenant);
}
