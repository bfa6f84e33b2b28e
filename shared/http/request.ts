import type * as z from 'zod';
import type { Role } from '../service/description.ts';
import type { OperationContract } from './contract.ts';

/** Who acts, taken from the verified claims only. Stored with everything that changes. */
export interface Actor {
  readonly tenant: string;
  readonly client: string;
  readonly role: Role;
  /** The merchant whose data a `merchant` client may see. */
  readonly merchant?: string;
  readonly requestId: string;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A checked request: what reaches an operation's handler. */
export interface OperationRequest<Operation extends OperationContract> {
  readonly actor: Actor;
  readonly now: Date;
  readonly path: Parsed<Operation['path']>;
  readonly query: Parsed<Operation['query']>;
  readonly body: Parsed<Operation['body']>;
  /** The raw body of a FILE route. */
  readonly file?: Uint8Array;
  /** Lower-case header names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The Idempotency-Key; '' where the route asks for none. */
  readonly idempotencyKey: string;
  /** SHA-256 (hex) over method, path, query and canonical body: the same key must come with the same fingerprint. */
  readonly fingerprint: string;
}

export interface OperationResponse<Operation extends OperationContract> {
  /** The route's `success` unless told. */
  readonly status?: number;
  readonly body: z.input<Operation['response']>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type OperationHandler<Operation extends OperationContract> = (
  request: OperationRequest<Operation>,
) => Promise<OperationResponse<Operation>>;
