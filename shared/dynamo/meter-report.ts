/** One write to a table or an index, as it is charged. */
export interface ChargedWrite {
  /** `TransactWriteItems Put` */
  readonly operation: string;
  /** `<table>`, or `<table>/<index>` for what an index costs. */
  readonly place: string;
  readonly partitionKey: string;
  /** The attribute `kind` of the item, of which an index may hold the keys alone; '-' where it has none. */
  readonly kind: string;
  readonly units: number;
  /** It was refused by a condition or a conflict, and charged all the same. */
  readonly refused: boolean;
}

/** Write units, added up. The tables are sorted, the dearest first. */
export interface MeterReport {
  readonly total: number;
  /** The part of the total that went into writes that were refused. */
  readonly refused: number;
  readonly byOperation: ReadonlyMap<string, number>;
  readonly byPlace: ReadonlyMap<string, number>;
  readonly byKind: ReadonlyMap<string, number>;
  /** `<kind> <table or index> <operation>` */
  readonly byWrite: ReadonlyMap<string, number>;
  /** `<table or index> <partition key>` */
  readonly byPartitionKey: ReadonlyMap<string, number>;
  readonly hottest?: { readonly key: string; readonly units: number };
}

export function reportOf(writes: readonly ChargedWrite[]): MeterReport {
  const byPartitionKey = addUp(writes, ({ place, partitionKey }) => `${place} ${partitionKey}`);
  const [hottest] = byPartitionKey;
  return {
    total: sumOf(writes),
    refused: sumOf(writes.filter(({ refused }) => refused)),
    byOperation: addUp(writes, ({ operation }) => operation),
    byPlace: addUp(writes, ({ place }) => place),
    byKind: addUp(writes, ({ kind }) => kind),
    byWrite: addUp(writes, ({ kind, place, operation }) => `${kind} ${place} ${operation}`),
    byPartitionKey,
    ...(hottest && { hottest: { key: hottest[0], units: hottest[1] } }),
  };
}

function addUp(writes: readonly ChargedWrite[], by: (write: ChargedWrite) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const write of writes) sums.set(by(write), (sums.get(by(write)) ?? 0) + write.units);
  return new Map([...sums].sort(([, a], [, b]) => b - a));
}

function sumOf(writes: readonly ChargedWrite[]): number {
  return writes.reduce((sum, { units }) => sum + units, 0);
}
