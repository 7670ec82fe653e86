import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { type CsvEncoding, type CsvShape, csvEncodings } from '@/lib/import-types';
import { delimiters } from './guess-csv';

type Shape = Pick<CsvShape, 'delimiter' | 'quote' | 'encoding' | 'has_header'>;

export type ShapeFieldsProps = { shape: Shape; onReshape: (change: Partial<Shape>) => void };

/** How a CSV file is to be read. */
export function ShapeFields({ shape, onReshape }: ShapeFieldsProps) {
  return (
    <div className="mb-3 flex flex-wrap gap-3">
      <Field label="Delimiter">
        {(control) => (
          <Select
            {...control}
            value={shape.delimiter}
            onChange={({ target }) => onReshape({ delimiter: target.value })}
          >
            {delimiters.map(({ value, words }) => (
              <option key={words} value={value}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Quote">
        {(control) => (
          <Select
            {...control}
            value={shape.quote}
            onChange={({ target }) => onReshape({ quote: target.value })}
          >
            <option value={'"'}>double quote</option>
            <option value="'">single quote</option>
          </Select>
        )}
      </Field>
      <Field label="Encoding">
        {(control) => (
          <Select
            {...control}
            value={shape.encoding}
            onChange={({ target }) => onReshape({ encoding: target.value as CsvEncoding })}
          >
            {Object.keys(csvEncodings).map((encoding) => (
              <option key={encoding}>{encoding}</option>
            ))}
          </Select>
        )}
      </Field>
      <label className="flex items-end gap-1.5 pb-1">
        <input
          type="checkbox"
          checked={shape.has_header}
          onChange={({ target }) => onReshape({ has_header: target.checked })}
        />
        The first row is a header
      </label>
    </div>
  );
}
