import { clean } from '../../language/clean.ts';
import { ZONES, type Zone } from '../../language/dates.ts';
import type { Places } from '../../language/read-zone.ts';
import type { Shape } from './shape.ts';
import type { Tree } from './yaml.ts';

/** flows/zones.yaml: lists of places for each zone, in rows so that the file stays short. */
export function readZones(tree: Tree, shape: Shape): Places {
  const fields = shape.fields(tree, 'the file', ZONES);
  const places = new Map<string, Zone>();
  for (const zone of ZONES) {
    for (const row of shape.list(fields[zone], `places of ${zone}`)) {
      for (const { value, place } of shape.texts(row, `places of ${zone}`)) {
        const other = places.get(value);
        if (value !== clean(value))
          shape.report(
            place,
            `place '${value}' must be written as '${clean(value)}': small letters, no marks`,
          );
        else if (other !== undefined)
          shape.report(place, `place '${value}' stands twice, in ${other} and in ${zone}`);
        places.set(value, zone);
      }
    }
  }
  return places;
}
