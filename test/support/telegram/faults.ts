import { ApiError, type Params } from './protocol.ts';

/**
 * What may go wrong with one call:
 * - an error of the Bot API: refused, nothing processed;
 * - `drop`: the connection is cut before anything is processed;
 * - `drop-after`: processed, then the connection is cut, so the answer is lost;
 * - `html502`: a gateway answers with a page, nothing processed; `html502-after`: processed;
 * - `hang`: taken, never processed, never answered, the connection stays open;
 * - `lateMs`: processed only after that long, whether or not the caller still waits.
 */
export type Fault =
  | { readonly error_code: number; readonly description: string; readonly parameters?: Params }
  | 'drop'
  | 'drop-after'
  | 'html502'
  | 'html502-after'
  | 'hang'
  | { readonly lateMs: number };

/** Decides for one call whether it fails. */
export type FaultRule = (params: Params) => Fault | null;

export type Faults = {
  /** The next `times` calls of `method` (`*`: of any) fail in this way. */
  next(method: string, fault: Fault, times?: number): void;
  /** Every call of `method` is put before `rule` until `heal`. */
  when(method: string, rule: FaultRule): void;
  /** Everything works again; calls that hang are cut. */
  heal(): void;
};

export type FaultBook = Faults & { take(method: string, params: Params): Fault | null };

export function createFaults(onHeal: () => void): FaultBook {
  const counted: { method: string; fault: Fault; left: number }[] = [];
  const rules: { method: string; rule: FaultRule }[] = [];
  const concerns = (one: { method: string }, method: string): boolean =>
    one.method === method || one.method === '*';

  return {
    next(method, fault, times = 1) {
      counted.push({ method, fault, left: times });
    },
    when(method, rule) {
      rules.push({ method, rule });
    },
    heal() {
      counted.length = 0;
      rules.length = 0;
      onHeal();
    },
    take(method, params) {
      const due = counted.find((one) => one.left > 0 && concerns(one, method));
      if (due !== undefined) {
        due.left -= 1;
        return due.fault;
      }
      for (const one of rules) {
        const fault = concerns(one, method) ? one.rule(params) : null;
        if (fault !== null) return fault;
      }
      return null;
    },
  };
}

export function refusalOf(fault: Fault): ApiError | null {
  if (typeof fault === 'string' || !('error_code' in fault)) return null;
  return new ApiError(fault.error_code, fault.description, fault.parameters);
}
