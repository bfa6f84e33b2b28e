import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readPublicKey, signatureFault } from '../../../../functions/settlement/channels/callback-signature.ts';
import { type CallbackBody, signedText } from '../../../../functions/settlement/channels/signed-text.ts';
import { opensslCallback } from './openssl-callback.ts';

const publicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const mine = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const body: CallbackBody = { orderNo: 'A1', paidAmount: '90.00', lines: [{ no: '1', amount: '90.00' }], memo: '' };

/** Signed over the text as a channel would write it, not as the code under test does. */
const text = 'lines.0.amount=90.00&lines.0.no=1&orderNo=A1&paidAmount=90.00';
const signature = sign('sha256', Buffer.from(text), mine.privateKey).toString('base64');
const signed: CallbackBody = { ...body, signature };
const keys = [mine.publicKey];

describe('the signature of a callback', () => {
  test('made with openssl is good', () => {
    const { text: said, body: told, signature: made, key } = opensslCallback;
    expect(signedText(told)).toBe(said);
    expect(signatureFault({ ...told, signature: made }, [key])).toBeUndefined();
    expect(signatureFault({ ...told, paidAmount: '90.01', signature: made }, [key])).toEqual({
      code: 'SIGNATURE_WRONG',
    });
  });

  test('is good by any of the keys of the channel, in whatever order the fields come', () => {
    expect(signatureFault(signed, keys)).toBeUndefined();
    const reversed = Object.fromEntries(Object.entries(signed).reverse());
    expect(signatureFault(reversed, [other.publicKey, mine.publicKey])).toBeUndefined();
  });

  test.each<[string, CallbackBody]>([
    ['an amount is another', { ...signed, paidAmount: '9.00' }],
    ['a nested amount is another', { ...signed, lines: [{ no: '1', amount: '9.00' }] }],
    ['a field was added', { ...signed, status: 'PAID' }],
    ['a field was taken away', { ...signed, orderNo: '' }],
    ['a field was renamed', { ...body, orderNo: '', orderNO: 'A1', signature }],
  ])('is wrong where %s', (_, changed) => {
    expect(signatureFault(changed, keys)).toEqual({ code: 'SIGNATURE_WRONG' });
  });

  test('is wrong by another key, and without any', () => {
    expect(signatureFault(signed, [other.publicKey])).toEqual({ code: 'SIGNATURE_WRONG' });
    expect(signatureFault(signed, [])).toEqual({ code: 'SIGNATURE_WRONG' });
  });

  test('is wrong where it is of SHA-1', () => {
    const weak = sign('sha1', Buffer.from(text), mine.privateKey).toString('base64');
    expect(signatureFault({ ...body, signature: weak }, keys)).toEqual({ code: 'SIGNATURE_WRONG' });
  });

  test.each<[string, CallbackBody]>([
    ['missing', body],
    ['null', { ...body, signature: null }],
    ['empty', { ...body, signature: '' }],
  ])('is missing where it is %s', (_, unsigned) => {
    expect(signatureFault(unsigned, keys)).toEqual({ code: 'SIGNATURE_MISSING' });
  });

  test.each<[string, CallbackBody[string]]>([
    ['no text', 7],
    ['hexadecimal of odd length', 'abc'],
    ['base64 of URLs', signature.replaceAll(/[+/]/g, '-').replace(/^./, '_')],
    ['base64 with a line break', `${signature.slice(0, 64)}\n${signature.slice(64)}`],
    ['base64 without its padding', signature.replaceAll('=', '')],
  ])('is malformed where it is %s', (_, malformed) => {
    expect(signatureFault({ ...body, signature: malformed }, keys)).toEqual({ code: 'SIGNATURE_MALFORMED' });
  });

  test('is not looked at where the content could be read in two ways', () => {
    const twofold = { ...signed, memo: 'x&y=1' };
    expect(signatureFault(twofold, keys)).toEqual({ code: 'VALUE_NOT_SIGNABLE', field: 'memo' });
  });
});

describe('the key of a channel', () => {
  test('is read from PEM, and verifies', () => {
    const read = readPublicKey(publicPem(mine.publicKey));
    expect('key' in read && signatureFault(signed, [read.key])).toBeUndefined();
  });

  test.each([
    ['what is cut off', publicPem(mine.publicKey).slice(0, 100), 'Send an RSA public key in PEM, from BEGIN to END.'],
    ['no PEM', 'MIIB', 'Send an RSA public key in PEM, from BEGIN to END.'],
    [
      'a key of another kind',
      publicPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey),
      'Send an RSA public key in PEM, from BEGIN to END.',
    ],
    [
      'a private key',
      mine.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      'Send an RSA public key in PEM, from BEGIN to END.',
    ],
    [
      'a key that is too short',
      publicPem(generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey),
      'Send a key of 2048 to 8192 bits; this one has 1024.',
    ],
  ])('is not taken from %s', (_, sent, detail) => {
    expect(readPublicKey(sent)).toEqual({ detail });
  });
});
