import { Label } from '@/components/ui/field';
import { Select } from '@/components/ui/input';

/** What a select offers: values and their words. */
export type Items = readonly (readonly [value: string, label: string])[];

export type ChoiceProps = {
  name: string;
  label: string;
  /** The words for no choice. */
  any: string;
  value: string | undefined;
  items: Items;
};

/** One select of a filter bar. A value of the URL that is not on offer is offered too: the form must never change what it shows. */
export function Choice({ name, label, any, value, items }: ChoiceProps) {
  const isKnown = !value || items.some(([known]) => known === value);
  return (
    <div className="max-md:basis-[calc(50%-4px)]">
      <Label htmlFor={`filter-${name}`} className="sr-only">
        {label}
      </Label>
      <Select id={`filter-${name}`} name={name} defaultValue={value ?? ''} className="md:w-[132px]">
        <option value="">{any}</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {items.map(([itemValue, itemLabel]) => (
          <option key={itemValue} value={itemValue}>
            {itemLabel}
          </option>
        ))}
      </Select>
    </div>
  );
}

/** Names as a select offers them. */
export function itemsOf(names: readonly string[]): Items {
  return names.map((name) => [name, name] as const);
}
