/** Why a line of a batch is not taken. */
export interface LineFaultOf<Code extends string> {
  readonly code: Code;
  /** Name of the field, its parts joined by dots. */
  readonly field: string;
  readonly detail: string;
}

export type AnyFault = LineFaultOf<string>;

/** One line of a batch: what is asked for, or what is wrong with it. */
export type ReadLine<Asked, Fault> =
  | { readonly asked: Asked; readonly faults?: never }
  | { readonly asked?: never; readonly faults: readonly Fault[] };

export interface Taken {
  /** KNOWN: it was there, with the same content. */
  readonly outcome: 'ACCEPTED' | 'KNOWN';
}

export interface Refused<Fault> {
  readonly outcome: 'REFUSED';
  readonly faults: readonly Fault[];
}
