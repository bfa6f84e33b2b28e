/** Largest file an upload takes, in bytes: half a million rows. */
export const uploadBytesMax = 250 * 1024 * 1024;

const prefix = 'channel-files/';

/** Where an upload's file lies in the bucket: the prefix of the service description, the tenant, the file. */
export function uploadKey(tenant: string, fileId: string): string {
  return `${prefix}${encodeURIComponent(tenant)}/${fileId}`;
}

/** The file that an object of the bucket is of. */
export function fileOfKey(key: string): { readonly tenant: string; readonly fileId: string } {
  const [tenant, fileId, ...rest] = key.slice(prefix.length).split('/');
  if (!key.startsWith(prefix) || !tenant || !fileId || rest.length > 0) throw new Error('A file that is no upload.');
  return { tenant: decodeURIComponent(tenant), fileId };
}
