/** When a collection is tried again that found too little money. */
export type RetryPolicy =
  | { readonly when: 'NEVER' }
  /** So many days after the first try, each at the time; days without a bank day move to the next. */
  | { readonly when: 'SET_DAYS'; readonly days: readonly number[]; readonly time: string; readonly partial: boolean }
  /** On the day of the month on which the payer is usually paid; beyond the month's end, its last day. */
  | {
      readonly when: 'PAY_DAY';
      readonly day: number;
      readonly time: string;
      readonly tries: number;
      readonly partial: boolean;
    };

export const retryTriesMax = 10;
export const retryDaysMax = 60;
