const DECIMAL_DIGIT = /\p{Nd}/u;
const ZERO = 48;

/**
 * The ASCII digit that a decimal digit of any script stands for. Unicode encodes the digits of a script as ten
 * neighbours from zero to nine, so the value is the distance to the start of the row (rows may touch: modulo ten).
 */
export function asciiDigit(character: string): string {
  const code = character.codePointAt(0)!;
  if (code >= ZERO && code <= ZERO + 9) return character;
  let start = code;
  while (DECIMAL_DIGIT.test(String.fromCodePoint(start - 1))) start -= 1;
  return String((code - start) % 10);
}
