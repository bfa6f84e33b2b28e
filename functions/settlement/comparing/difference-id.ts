/** How differences are named in paths: their ids hold numbers of channels, which may be anything. */
const prefix = 'dif_';

export function publicId(id: string): string {
  return `${prefix}${Buffer.from(id).toString('base64url')}`;
}

export function ownId(id: string): string {
  return Buffer.from(id.slice(prefix.length), 'base64url').toString();
}
