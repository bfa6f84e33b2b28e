/** How many pages of a run are not done. */
export interface NotDone {
  readonly merchants: number;
  readonly sums: number;
}

/** Pages of which some merchants could not be settled or paid, or some sums of orders not be split; what caused it is in `errors`. */
export class PagesNotDoneError extends AggregateError {
  constructor({ merchants, sums }: NotDone, errors: readonly unknown[]) {
    const told = [
      ...(merchants > 0 ? [`Merchants of ${counted(merchants)} could not be settled or paid; the others are.`] : []),
      ...(sums > 0 ? [`Sums of orders of ${counted(sums)} could not be split; the others are.`] : []),
    ];
    super(errors, told.join(' '));
  }
}

function counted(pages: number): string {
  return pages === 1 ? 'a page' : `${pages} pages`;
}
