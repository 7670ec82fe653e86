'use client';

import { clsx } from 'clsx';
import { Command, defaultFilter } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useEffect, useState } from 'react';
import { dialogStyle, overlayStyle } from '@/components/ui/dialog';
import { useRecent } from './use-recent';

/** A place to go. `id` stays the same between visits; `hint` is the grey text at the right. */
export type PaletteItem = { id: string; label: string; hint?: string; href: string; group: string };

/** A thing to do. */
export type PaletteAction = { id: string; label: string; hint?: string; onSelect: () => void };

export type CommandPaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  items: readonly PaletteItem[];
  actions: readonly PaletteAction[];
  onNavigate: (href: string) => void;
  /** Is told what is searched for, so that more items may be found. */
  onSearch?: (text: string) => void;
  /** The id of what a search has found meanwhile: chosen at once, unless another item was. */
  found?: string;
};

type Entry = { id: string; label: string; hint?: string; group: string; run: () => void };

/** Any page or action by a few letters; what was chosen lately comes first. */
export function CommandPalette({ open, items, actions, onNavigate, onSearch, ...rest }: CommandPaletteProps) {
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) onSearch?.('');
    rest.onOpenChange(isOpen);
  };
  const entries: Entry[] = [
    ...items.map((item) => ({ ...item, run: () => onNavigate(item.href) })),
    ...actions.map((action) => ({ ...action, group: 'Actions', run: action.onSelect })),
  ];
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Radix.Content
          aria-describedby={undefined}
          className={clsx(dialogStyle, 'top-[14vh] max-w-[560px] overflow-hidden')}
        >
          <Radix.Title className="sr-only">Go to a page, or do something</Radix.Title>
          <PaletteList
            entries={entries}
            found={rest.found}
            onSearch={onSearch}
            onDone={() => onOpenChange(false)}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type PaletteListProps = {
  entries: readonly Entry[];
  found: string | undefined;
  onSearch: ((text: string) => void) | undefined;
  onDone: () => void;
};

function PaletteList({ entries, found, onSearch, onDone }: PaletteListProps) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    if (found !== undefined) setChosen(found);
  }, [found]);
  const type = (text: string) => {
    setSearch(text);
    onSearch?.(text);
  };
  const { recent, remember } = useRecent();
  const choose = (entry: Entry) => {
    remember(entry.id);
    onDone();
    entry.run();
  };
  const lately = recent.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  const groups = search === '' && lately.length > 0 ? [{ title: 'Recent', entries: lately }] : [];
  const rest = search === '' ? entries.filter((entry) => !lately.includes(entry)) : entries;
  return (
    <Command
      label="Go to a page, or do something"
      loop
      filter={scoreEntry}
      value={chosen}
      onValueChange={setChosen}
    >
      <div className="flex items-center gap-2 border-line border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <Command.Input
          value={search}
          onValueChange={type}
          placeholder="Go to a page, or do something"
          className="h-11 flex-1 bg-transparent outline-none placeholder:text-ink-faint"
        />
      </div>
      <Command.List className="max-h-[min(380px,56vh)] overflow-auto p-1.5">
        {[...groups, ...groupEntries(rest)].map((group) => (
          <PaletteGroup key={group.title} {...group} onChoose={choose} />
        ))}
      </Command.List>
      <Command.Empty className="px-2 py-6 text-center text-ink-soft">
        Nothing by that name. Try fewer letters.
      </Command.Empty>
    </Command>
  );
}

type Group = { title: string; entries: readonly Entry[] };

function PaletteGroup({ title, entries, onChoose }: Group & { onChoose: (entry: Entry) => void }) {
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {entries.map((entry) => (
        <Command.Item
          key={entry.id}
          value={entry.id}
          keywords={[entry.label, entry.hint ?? '']}
          onSelect={() => onChoose(entry)}
          className="flex h-8 cursor-default items-center gap-3 rounded-md px-2 data-[selected=true]:bg-accent-soft"
        >
          <span className="min-w-0 flex-1 truncate">{entry.label}</span>
          {entry.hint ? <span className="max-w-1/2 truncate text-ink-soft text-sm">{entry.hint}</span> : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function groupEntries(entries: readonly Entry[]): Group[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].map(([title, members]) => ({ title, entries: members }));
}

/** Scores the words that people see, not the id. */
function scoreEntry(_id: string, search: string, keywords?: string[]): number {
  return defaultFilter(keywords?.join(' ') ?? '', search);
}
