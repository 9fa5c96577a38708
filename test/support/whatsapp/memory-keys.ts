import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys';

export type MemoryKeys = SignalKeyStore & { readonly kept: Map<string, unknown> };

/** Keys of one device, kept in memory and answered at once. */
export function createMemoryKeys(kept: Map<string, unknown> = new Map()): MemoryKeys {
  return {
    kept,
    get<Kind extends keyof SignalDataTypeMap>(kind: Kind, ids: string[]) {
      const found: { [id: string]: SignalDataTypeMap[Kind] } = {};
      for (const id of ids) {
        const value = kept.get(`${kind} ${id}`);
        if (value !== undefined) found[id] = value as SignalDataTypeMap[Kind];
      }
      return found;
    },
    set(data: SignalDataSet) {
      for (const [kind, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values)) {
          if (value === null || value === undefined) kept.delete(`${kind} ${id}`);
          else kept.set(`${kind} ${id}`, value);
        }
      }
    },
  };
}
