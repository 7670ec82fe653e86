import {
  Binary,
  Braces,
  Brackets,
  Calendar,
  Clock,
  Fingerprint,
  Hash,
  type LucideIcon,
  Shapes,
  ToggleLeft,
  Type,
  Watch,
} from 'lucide-react';
import type { ColumnKind } from './column-type';

const icons: Record<ColumnKind, LucideIcon> = {
  number: Hash,
  text: Type,
  boolean: ToggleLeft,
  date: Calendar,
  timestamp: Watch,
  timestamptz: Clock,
  json: Braces,
  uuid: Fingerprint,
  binary: Binary,
  array: Brackets,
  other: Shapes,
};

/** The shape of a column's values; the type's name stands beside it. */
export function TypeIcon({ kind }: { kind: ColumnKind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden className="size-3 shrink-0 text-ink-faint" />;
}
