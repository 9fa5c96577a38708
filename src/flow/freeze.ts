/** Freezes plain data through and through, maps and sets included, so that no turn can change what all share. */
export function freezeDeep<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map || value instanceof Set) {
    // Object.freeze leaves the contents of these open: their changing methods are shut instead.
    for (const name of ['set', 'add', 'delete', 'clear'])
      Object.defineProperty(value, name, { value: refuse });
    for (const [key, member] of value.entries()) {
      freezeDeep(key);
      freezeDeep(member);
    }
  } else {
    // A regular expression counts its position in itself, so it stays as it is.
    if (value instanceof RegExp) return value;
    for (const member of Object.values(value)) freezeDeep(member);
  }
  return Object.freeze(value);
}

function refuse(): never {
  throw new TypeError('Cannot change what was loaded from flows/: it is shared by all conversations');
}
