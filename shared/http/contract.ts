import type * as z from 'zod';
import type { ProblemFactory } from '../problems/problem.ts';

/**
 * What an operation takes and gives: the only source of its types, its validation and its OpenAPI text. Objects are
 * strict: an unknown field is refused.
 */
export interface OperationContract {
  /** Longer text for the reference page; the one-line summary stands in `service.ts`. */
  readonly description?: string;
  readonly path?: z.ZodType;
  readonly query?: z.ZodType;
  /** JSON body. A FILE route has none: its bytes reach the handler as `file`. */
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** Media type of an answer that is no JSON; its body is then the text to send. */
  readonly responseType?: string;
  /** Problems it may answer besides the general ones (malformed, unauthorised, not found …). */
  readonly problems?: readonly ProblemFactory[];
  /** A request that works as it stands on a fresh local system (ids may name `{accountId}`-like variables) and its answer. */
  readonly example: {
    readonly path?: unknown;
    readonly query?: unknown;
    readonly body?: unknown;
    readonly response: unknown;
  };
}

export type Contract = Readonly<Record<string, OperationContract>>;
