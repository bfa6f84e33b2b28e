/** `receipt-matching` → `ReceiptMatching`: the part of a construct's id that comes from a description. */
export function toConstructId(name: string): string {
  return name
    .split(/[-.]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** The environment variable in which functions find a capability's table. */
export function tableVariable(service: string): string {
  return `TABLE_${toVariable(service)}`;
}

/** The environment variable in which functions find a capability's bucket. */
export function bucketVariable(service: string): string {
  return `BUCKET_${toVariable(service)}`;
}

function toVariable(service: string): string {
  return service.toUpperCase().replaceAll('-', '_');
}

/** `ledger`, `expire-pendings.job` → `LedgerExpirePendingsJob`. */
export function toFunctionId({ service, entry }: { readonly service: string; readonly entry: string }): string {
  return `${toConstructId(service)}${toConstructId(entry)}`;
}
