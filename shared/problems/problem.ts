/**
 * Problems: everything the system answers besides success, as RFC 9457 (problem+json) with a stable code.
 *
 * A capability lists its problems once, with status, title and how to mend; the documentation is generated from the list.
 *
 * @example
 * export const problems = defineProblems('ledger', {
 *   'insufficient-funds': { status: 409, title: 'Insufficient funds', mend: 'Fund the account or send less.' },
 * });
 * throw problems['insufficient-funds'].with({ detail: 'acc_1 holds 10.00 CNY', available, required, pointer: '/legs/0' });
 */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What the caller can do about it; printed in the documentation and in the body as `mend`. */
  readonly mend: string;
}

/** Where in the request the fault lies: a JSON pointer into the body, or a parameter or header by name. */
export interface FieldFault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly detail: string;
}

export interface ProblemFields {
  /** One sentence on this occurrence. Never holds a full account, card or identity number. */
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
  /** Facts that explain the refusal: available, required, limit … JSON values only. */
  readonly [field: string]: unknown;
}

/** The JSON body of a refused request. */
export interface ProblemBody extends ProblemFields {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly mend: string;
}

export class Problem extends Error {
  readonly code: string;
  readonly kind: ProblemKind;
  readonly fields: ProblemFields;

  constructor(code: string, kind: ProblemKind, fields: ProblemFields, options?: ErrorOptions) {
    super(fields.detail, options);
    this.name = 'Problem';
    this.code = code;
    this.kind = kind;
    this.fields = fields;
  }

  get status(): number {
    return this.kind.status;
  }

  /** The problem that a body tells of, to answer a repeated request as the first. */
  static fromBody(body: ProblemBody): Problem {
    const { type: _, code, title, status, mend, ...fields } = body;
    return new Problem(code, { status, title, mend }, fields as ProblemFields);
  }

  /** The same problem with the fault located in the request. */
  at(...errors: readonly FieldFault[]): Problem {
    return new Problem(this.code, this.kind, { ...this.fields, errors }, { cause: this.cause });
  }

  toBody(): ProblemBody {
    const { detail, ...facts } = this.fields;
    const { status, title, mend } = this.kind;
    return { type: typeOf(this.code), code: this.code, title, status, detail, mend, ...facts };
  }
}

/** A name, not an address: where the reference is served depends on the deployment, what a problem means does not. */
function typeOf(code: string): string {
  return `urn:yudao:problem:${code.replace('/', ':')}`;
}

export interface ProblemFactory extends ProblemKind {
  readonly code: string;
  with(fields: ProblemFields, options?: ErrorOptions): Problem;
}

/** Names the problems of one capability; the code of each is `<capability>/<name>`. */
export function defineProblems<Name extends string>(
  capability: string,
  kinds: Record<Name, ProblemKind>,
): Record<Name, ProblemFactory> {
  const factories = Object.entries<ProblemKind>(kinds).map(([name, kind]) => {
    const code = `${capability}/${name}`;
    const factory: ProblemFactory = {
      ...kind,
      code,
      with: (fields, options) => new Problem(code, kind, fields, options),
    };
    return [name, factory] as const;
  });
  return Object.fromEntries(factories) as Record<Name, ProblemFactory>;
}
