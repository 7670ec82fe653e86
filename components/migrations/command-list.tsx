import { CopyButton } from '@/components/ui/copy-button';
import type { Command } from './tool-words';

/** Commands to copy, each with what it is for. */
export function CommandList({ commands }: { commands: readonly Command[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-1 md:grid-cols-[auto_minmax(0,1fr)]">
      {commands.map(({ purpose, command }) => (
        <div key={command} className="contents">
          <dt className="pt-0.5 text-ink-soft max-md:mt-1">{purpose}</dt>
          <dd className="flex items-start gap-1">
            <code className="min-w-0 break-words rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-sm">
              {command}
            </code>
            <CopyButton text={command} label={`Copy ${command}`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
