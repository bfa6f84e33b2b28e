import { general } from '../../problems/general.ts';
import { type Exchange, type Middleware, targetOf } from '../exchange.ts';

export const IDEMPOTENCY_KEY_LENGTH_MAX = 255;

/** Takes the Idempotency-Key where the route asks for one. What a key is good for is the handler's to know. */
export function idempotencyKey(): Middleware {
  return {
    before: ({ event: exchange }) => {
      if (targetOf(exchange).route.idempotencyKey !== 'REQUIRED') return;
      if (countKeys(exchange) > 1) throw refusal('idempotency-key-malformed', 'The header stands more than once.');
      const key = exchange.headers['idempotency-key'];
      if (key === undefined || key === '') throw refusal('idempotency-key-missing', 'This operation asks for a key.');
      if (!isKey(key)) {
        throw refusal(
          'idempotency-key-malformed',
          `A key has 1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} visible ASCII characters.`,
        );
      }
      exchange.idempotencyKey = key;
    },
  };
}

/** Of a header sent twice the gateway keeps one value under `headers`, and all of them here. */
function countKeys({ event }: Exchange): number {
  return Object.entries(event.multiValueHeaders ?? {})
    .filter(([name]) => name.toLowerCase() === 'idempotency-key')
    .flatMap(([, values]) => values ?? []).length;
}

/** RFC 5234 VCHAR: 0x21 to 0x7E. */
function isKey(key: string): boolean {
  return key.length <= IDEMPOTENCY_KEY_LENGTH_MAX && /^[\x21-\x7e]+$/.test(key);
}

function refusal(name: 'idempotency-key-missing' | 'idempotency-key-malformed', detail: string) {
  return general[name].with({ detail, errors: [{ header: 'Idempotency-Key', detail }] });
}
