import type { Calendar, Holiday } from '../../language/working-days.ts';
import type { Located, Shape } from './shape.ts';
import type { Tree } from './yaml.ts';

export const NO_HOLIDAYS: Calendar = { holidays: new Map(), from: '', until: '' };

/** flows/holidays.yaml: the days of one or more whole years, each with the name of why it is one. */
export function readHolidays(tree: Tree, shape: Shape): Calendar {
  const what = 'the file';
  const fields = shape.fields(tree, what, ['source', 'confirmed', 'from', 'until', 'names', 'days']);
  shape.text(fields.source, 'source of the holidays');
  const dateOf = (field: Tree | undefined, name: string): string => {
    const text = shape.text(field, name);
    return text === null || !isDate(text, name, shape) ? '' : text.value;
  };
  dateOf(fields.confirmed, 'confirmed of the holidays');
  const from = dateOf(fields.from, 'from of the holidays');
  const until = dateOf(fields.until, 'until of the holidays');
  const names = new Map<string, Holiday>();
  for (const { key, value } of shape.entries(fields.names, 'names of the holidays')) {
    const inLanguage = shape.fields(value, `name '${key}'`, ['id', 'en']);
    const id = shape.text(inLanguage.id, `id of name '${key}'`)?.value ?? '';
    names.set(key, { id, en: shape.text(inLanguage.en, `en of name '${key}'`)?.value ?? '' });
  }
  const holidays = new Map<string, Holiday>();
  for (const { key, place, value } of shape.entries(fields.days, 'days of the holidays')) {
    const name = shape.text(value, `day '${key}'`);
    if (name === null || !isDate({ value: key, place }, 'a day', shape)) continue;
    const holiday = names.get(name.value);
    if (holiday === undefined)
      shape.report(name.place, `day '${key}' has the name '${name.value}', which is not in names`);
    else holidays.set(key, holiday);
    if (key < from || key > until)
      shape.report(place, `day '${key}' is not between ${from} and ${until}, for which this list speaks`);
  }
  return { holidays, from, until };
}

/** Date.parse would roll 30 February over into March. */
function isDate({ value, place }: Located, what: string, shape: Shape): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  const isReal = !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === value;
  if (!isReal) shape.report(place, `${what} is '${value}', which is no date (YYYY-MM-DD)`);
  return isReal;
}
