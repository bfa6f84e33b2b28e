import type { Actor } from './request.ts';

/** Who caused a change; stored with it. */
export interface Cause {
  readonly client: string;
  readonly role: string;
  readonly requestId: string;
}

export function causeOf({ client, role, requestId }: Actor): Cause {
  return { client, role, requestId };
}
