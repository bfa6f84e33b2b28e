import { general } from '../../problems/general.ts';
import type { Middleware } from '../exchange.ts';

/**
 * Bytes of a body, at most. Lambda takes an event of 6 MB, and the gateway hands bodies over as base64, a third longer:
 * this leaves 0.4 MB for headers and the rest of the event.
 */
export const BODY_BYTES_MAX = 4_400_000;

/** Refuses a body above the cap before anything reads it. */
export function sizeCap(): Middleware {
  return {
    before: ({ event: { event } }) => {
      const bytes = Buffer.byteLength(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
      if (bytes > BODY_BYTES_MAX) {
        const detail = `The body has ${bytes} bytes; at most ${BODY_BYTES_MAX} are taken.`;
        throw general['payload-too-large'].with({ detail, bytes, bytesMax: BODY_BYTES_MAX });
      }
    },
  };
}
