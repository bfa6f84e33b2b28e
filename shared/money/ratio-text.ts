/** A ratio as a decimal where its denominator is a power of ten, as of a rate that was given so; else as a quotient, such as 10/72. */
export function ratioText(numerator: bigint, denominator: bigint): string {
  const zeros = denominator.toString().length - 1;
  if (denominator !== 10n ** BigInt(zeros)) return `${numerator}/${denominator}`;
  const digits = numerator.toString().padStart(zeros + 1, '0');
  return zeros === 0 ? digits : `${digits.slice(0, -zeros)}.${digits.slice(-zeros)}`;
}
