import { useEffect, useState } from 'react';

const rest = 180;

/** A value once it has rested for a moment. The first one counts at once. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled) return undefined;
    const timer = setTimeout(() => setSettled(value), rest);
    return () => clearTimeout(timer);
  }, [value, settled]);
  return settled;
}
