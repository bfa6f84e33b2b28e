import { general } from '../../shared/problems/general.ts';

/** The refusal of an Idempotency-Key that came with another request, or another file, before. */
export function keyReused() {
  const detail = 'The key came with other content before.';
  return general['idempotency-key-reused'].with({ detail, errors: [{ header: 'Idempotency-Key', detail }] });
}
