/** Largest file an upload takes, in bytes. */
export const uploadBytesMax = 100 * 1024 * 1024;

const prefix = 'statements/';

/** Where an upload's file lies in the bucket: the prefix of the service description, the tenant, the upload. */
export function uploadKey(tenant: string, uploadId: string): string {
  return `${prefix}${encodeURIComponent(tenant)}/${uploadId}`;
}

/** The upload that a file of the bucket belongs to. */
export function uploadOf(key: string): { tenant: string; uploadId: string } {
  const [tenant, uploadId, ...rest] = key.slice(prefix.length).split('/');
  if (!key.startsWith(prefix) || !tenant || !uploadId || rest.length > 0) throw new Error('A file that is no upload.');
  return { tenant: decodeURIComponent(tenant), uploadId };
}
