/** Goes on at once with what is there, and later with what is promised: what needs no waiting costs no promise. */
export function andThen<T, R>(value: T | Promise<T>, goOn: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}
