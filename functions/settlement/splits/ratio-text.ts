/** Basis points as text: 60n is '0.60 %'. */
export function percent(basisPoints: bigint): string {
  return `${basisPoints / 100n}.${String(basisPoints % 100n).padStart(2, '0')} %`;
}
