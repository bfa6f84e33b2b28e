import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type CallbackBody, type SignedTextFault, signatureField, signedText } from './signed-text.ts';

/** Bits of a channel's key, at least and at most: shorter ones are no longer safe, longer ones only cost time. */
export const keyBits = { min: 2_048, max: 8_192 } as const;

export type SignatureFault =
  | { readonly code: 'SIGNATURE_MISSING' | 'SIGNATURE_MALFORMED' | 'SIGNATURE_WRONG' }
  | SignedTextFault;

const base64Shape = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const pemShape = /^\s*-----BEGIN (RSA )?PUBLIC KEY-----/;

/**
 * What is wrong with the signature of a channel's callback; nothing where it is the channel's. The signature is RSA PKCS #1 v1.5 with
 * SHA-256 over signedText, in base64 with its padding, in the field `signature`. Any of the keys may have made it, so that a channel
 * can change its key while callbacks are on their way. It proves who sent the content, not that it is new: the same callback can come
 * again.
 */
export function signatureFault(body: CallbackBody, keys: readonly KeyObject[]): SignatureFault | undefined {
  const signature = body[signatureField];
  if (signature === undefined || signature === null || signature === '') return { code: 'SIGNATURE_MISSING' };
  if (typeof signature !== 'string' || !base64Shape.test(signature)) return { code: 'SIGNATURE_MALFORMED' };
  const text = signedText(body);
  if (typeof text !== 'string') return text;
  const content = Buffer.from(text, 'utf8');
  const bytes = Buffer.from(signature, 'base64');
  return keys.some((key) => verify('sha256', content, key, bytes)) ? undefined : { code: 'SIGNATURE_WRONG' };
}

/** The public key of a text in PEM; or, for who configures it, what to send instead. */
export function readPublicKey(pem: string): { readonly key: KeyObject } | { readonly detail: string } {
  const key = publicKeyOf(pem);
  if (key?.asymmetricKeyType !== 'rsa') return { detail: 'Send an RSA public key in PEM, from BEGIN to END.' };
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  const isSize = bits >= keyBits.min && bits <= keyBits.max;
  return isSize ? { key } : { detail: `Send a key of ${keyBits.min} to ${keyBits.max} bits; this one has ${bits}.` };
}

function publicKeyOf(pem: string): KeyObject | undefined {
  // The key is also found in a private key, which must not be sent around, and in a certificate, whose end nobody would watch.
  if (!pemShape.test(pem)) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
